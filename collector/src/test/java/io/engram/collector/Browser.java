package io.engram.collector;

import io.engram.events.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a profile of its own. */
public final class Browser implements AutoCloseable {
  private final ChromeDriver driver;
  private URI page;

  /**
   * @param profile an empty folder
   */
  public Browser(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Tools.require("chromium", "chromium-browser", "google-chrome").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-quic",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Tools.require("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
  }

  /**
   * @param scheme {@code light} or {@code dark}
   */
  public void emulate(int width, int height, String scheme) {
    emulate(width, height, 1, scheme, "no-preference");
  }

  /**
   * @param ratio pixels of a picture for one of the page
   * @param motion {@code reduce} or {@code no-preference}
   */
  public void emulate(int width, int height, double ratio, String scheme, String motion) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", ratio, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", motion))));
  }

  public void open(URI page) {
    this.page = page;
    driver.get(page.toString());
  }

  /** Value of a JavaScript expression on the page. */
  public Object eval(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** Waits until an expression is true. */
  public void await(String expression) {
    Poll.until(() -> Boolean.TRUE.equals(eval(expression)));
  }

  public String text(String selector) {
    return String.valueOf(eval("document.querySelector('" + selector + "')?.innerText"));
  }

  public void click(String selector) {
    driver.executeScript("document.querySelector('" + selector + "').click()");
  }

  /** Presses a key where the focus is. */
  public void press(Keys key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  /** Goes back, as a person does. */
  public void back() {
    driver.navigate().back();
  }

  /** What is downloaded from now on is put into a folder, without asking. */
  public void downloadInto(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
  }

  /** Forgets every file that was loaded before. */
  public void clearCache() {
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
  }

  /**
   * Errors and warnings that the page left in the console since the last call, and requests to
   * another host than its own; not those of pages whose collector is gone.
   */
  public List<String> errors() {
    if (page == null) {
      return List.of();
    }
    String own = "http://" + page.getAuthority() + "/";
    Stream<String> said =
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::getMessage)
            .filter(message -> message.startsWith(own));
    List<?> requested =
        (List<?>) eval("performance.getEntriesByType('resource').map(({name}) => name)");
    Stream<String> foreign =
        requested.stream()
            .map(String::valueOf)
            .filter(url -> !url.startsWith(own))
            .map(url -> "requested " + url);
    return Stream.concat(said, foreign).toList();
  }

  /** What is seen of the page now, as PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** An element of it, as PNG. */
  public byte[] picture(String selector) {
    return driver.findElement(By.cssSelector(selector)).getScreenshotAs(OutputType.BYTES);
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  public void keepPicture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve(name + ".png"), picture());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
