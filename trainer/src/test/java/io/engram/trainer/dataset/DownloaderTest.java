package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DownloaderTest {
  private static final byte[] CONTENT = TestFiles.pattern(300_000, 1);

  @TempDir Path root;
  private Path folder;
  private FileServer server;
  private Downloader downloader = new Downloader(Duration.ofSeconds(30));

  @BeforeEach
  void start() throws IOException {
    folder = root.resolve("cache/set");
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RemoteFile file(URI... mirrors) {
    return new RemoteFile("file.gz", CONTENT.length, sha256(CONTENT), List.of(mirrors));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path download(URI... mirrors) {
    return downloader.download(file(mirrors), folder, DownloadProgress.NONE);
  }

  private void assertDownloaded(Path path) {
    assertThat(path).isEqualTo(folder.resolve("file.gz")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("file.gz.part")).doesNotExist();
  }

  @Test
  void getsAWholeFileAndReportsProgress() {
    List<Long> bytes = new ArrayList<>();
    DownloadProgress progress =
        (name, received, total) -> {
          assertThat(name).isEqualTo("file.gz");
          assertThat(total).isEqualTo(CONTENT.length);
          bytes.add(received);
        };

    Path path =
        downloader.download(file(server.at("/file", FileServer.whole(CONTENT))), folder, progress);

    assertDownloaded(path);
    assertThat(bytes).isSorted().startsWith(0L).endsWith((long) CONTENT.length);
    assertThat(bytes).hasSizeGreaterThan(3);
  }

  @Test
  void doesNotAskForAFileThatIsThere() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz"), CONTENT);

    assertDownloaded(download(server.at("/file", FileServer.status(500))));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void goesOnWhereABrokenConnectionLeftOff() {
    assertDownloaded(download(server.at("/file", FileServer.breaking(CONTENT, 100_000))));
    assertThat(server.requests())
        .containsExactly("/file", "/file bytes=100000-", "/file bytes=200000-");
  }

  @Test
  void goesOnWithTheNextMirrorWhereTheFirstLeftOff() {
    URI first = server.at("/first", FileServer.breaking(CONTENT, 30_000));
    URI second = server.at("/second", FileServer.ranged(CONTENT));

    assertDownloaded(download(first, second));
    assertThat(server.requests())
        .containsExactly(
            "/first",
            "/first bytes=30000-",
            "/first bytes=60000-",
            "/first bytes=90000-",
            "/first bytes=120000-",
            "/second bytes=150000-");
  }

  @Test
  void goesOnWhereAnEarlierProcessLeftOff() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz.part"), Arrays.copyOf(CONTENT, 123_456));

    assertDownloaded(download(server.at("/file", FileServer.ranged(CONTENT))));
    assertThat(server.requests()).containsExactly("/file bytes=123456-");
  }

  @Test
  void takesAPartThatIsWholeWithoutAsking() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz.part"), CONTENT);

    assertDownloaded(download(server.at("/file", FileServer.status(500))));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void startsAnewWhereTheServerGivesNoRanges() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz.part"), Arrays.copyOf(CONTENT, 123_456));

    assertDownloaded(download(server.at("/file", FileServer.whole(CONTENT))));
    assertThat(server.requests()).containsExactly("/file bytes=123456-");
  }

  @Test
  void startsAnewWhereTheServerRefusesTheRange() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz.part"), Arrays.copyOf(CONTENT, 123_456));
    FileServer.Answer answer =
        exchange -> {
          boolean part = exchange.getRequestHeaders().containsKey("Range");
          (part ? FileServer.status(416) : FileServer.whole(CONTENT)).give(exchange);
        };

    assertDownloaded(download(server.at("/file", answer)));
    assertThat(server.requests()).containsExactly("/file bytes=123456-", "/file");
  }

  @Test
  void startsAnewWhereTheServerGivesAnotherRange() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz.part"), Arrays.copyOf(CONTENT, 123_456));
    FileServer.Answer answer =
        exchange -> {
          boolean part = exchange.getRequestHeaders().containsKey("Range");
          exchange.getResponseHeaders().add("Content-Range", "bytes 0-299999/300000");
          exchange.sendResponseHeaders(part ? 206 : 200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
        };

    assertDownloaded(download(server.at("/file", answer)));
  }

  @Test
  void startsAnewWhereThePartIsOfAnotherFile() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("file.gz.part"), TestFiles.pattern(123_456, 2));

    assertDownloaded(download(server.at("/file", FileServer.ranged(CONTENT))));
    assertThat(server.requests()).containsExactly("/file bytes=123456-", "/file");
  }

  @Test
  void refusesAWrongChecksumAndTriesTheNextMirror() {
    byte[] other = TestFiles.pattern(CONTENT.length, 2);
    URI wrong = server.at("/wrong", FileServer.whole(other));

    assertThatThrownBy(() -> download(wrong))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "file.gz could not be downloaded: %s: its SHA-256 is %s, must be %s",
            wrong, sha256(other), sha256(CONTENT));
    assertThat(folder.resolve("file.gz")).doesNotExist();
    assertThat(folder.resolve("file.gz.part")).doesNotExist();

    assertDownloaded(download(wrong, server.at("/right", FileServer.whole(CONTENT))));
  }

  @Test
  void refusesALongerFile() {
    URI longer = server.at("/longer", FileServer.whole(TestFiles.concat(CONTENT, (byte) 0)));

    assertThatThrownBy(() -> download(longer))
        .hasMessage("file.gz could not be downloaded: %s: is longer than 300000 bytes", longer);
  }

  @Test
  void namesAShorterFile() {
    URI shorter = server.at("/shorter", FileServer.whole(Arrays.copyOf(CONTENT, 200_000)));

    assertThatThrownBy(() -> download(shorter))
        .hasMessage(
            "file.gz could not be downloaded: %s: broke off after 200000 of 300000 bytes", shorter);
    assertThat(folder.resolve("file.gz.part")).hasSize(200_000);
  }

  @Test
  void namesEveryDeadMirrorWithItsReason() throws IOException {
    URI missing = server.at("/missing", FileServer.status(404));
    URI busy = server.at("/busy", FileServer.status(503));
    URI refused = URI.create("http://127.0.0.1:%d/file".formatted(unusedPort()));
    URI unknown = URI.create("http://host.invalid/file");

    assertThatThrownBy(() -> download(missing, busy, refused, unknown))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "file.gz could not be downloaded: %s: HTTP status 404; %s: HTTP status 503;"
                + " %s: Connection refused; %s: unknown host",
            missing, busy, refused, unknown);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void givesUpAServerThatFallsSilent() {
    downloader = new Downloader(Duration.ofSeconds(1));
    URI silent = server.at("/silent", server.stalling(CONTENT, 0));

    assertThatThrownBy(() -> download(silent))
        .hasMessage("file.gz could not be downloaded: %s: Read timed out", silent);
  }

  @Test
  void goesOnElsewhereAfterAServerFellSilentHalfway() {
    downloader = new Downloader(Duration.ofSeconds(1));
    URI silent = server.at("/silent", server.stalling(CONTENT, 100_000));
    URI second = server.at("/second", FileServer.ranged(CONTENT));

    assertDownloaded(download(silent, second));
    assertThat(server.requests()).contains("/second bytes=100000-");
  }

  @Test
  void namesAFolderThatCannotBeWritten() throws IOException {
    Files.writeString(root.resolve("cache"), "a file in the way");

    assertThatThrownBy(() -> download(server.at("/file", FileServer.whole(CONTENT))))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(folder.resolve("file.gz") + " cannot be written: ");
  }

  @Test
  void twoRunsThatWantTheSameFileDownloadItOnce() throws ExecutionException, InterruptedException {
    URI mirror = server.at("/file", FileServer.whole(CONTENT));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Path> one = threads.submit(() -> download(mirror));
      Future<Path> two = threads.submit(() -> download(mirror));
      assertDownloaded(one.get());
      assertDownloaded(two.get());
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.requests()).containsExactly("/file");
  }
}
