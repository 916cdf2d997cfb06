package io.engram.trainer.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.events.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The dashboards as values of the types that Grafana publishes, judged by TypeScript's compiler.
 * Skipped where npm is not installed or its registry is not reached, but not with {@code CI=true}.
 */
class DashboardSchemaTest {
  private static final Path SOURCES = Path.of("src/test/typescript");
  private static final Path FOLDER = Path.of("target/grafana-schema");
  private static final Pattern ERROR =
      Pattern.compile("(?m)^([\\w-]+)\\.ts\\(\\d+,\\d+\\): error .*");

  /** Dashboard, what is right in it, and what a mistake makes of it. */
  private static final List<List<String>> MISTAKES =
      List.of(
          List.of("memorization", "\"fillOpacity\":", "\"fillOpacty\":"),
          List.of("memorization", "\"showLegend\":", "\"showLegends\":"),
          List.of("memorization", "\"type\":\"state-timeline\"", "\"type\":\"statetimeline\""),
          List.of("memorization", "\"custom.lineWidth\"", "\"custom.lineWdth\""),
          List.of("gradients", "\"cellGap\":", "\"celGap\":"),
          List.of("itself", "\"mode\":\"multi\"", "\"mode\":\"multy\""),
          List.of("itself", "\"refresh\":2", "\"refresh\":7"),
          List.of("examples", "\"stacking\":\"none\"", "\"stacking\":\"no\""),
          List.of("svalidation", "\"noValue\":", "\"novalue\":"),
          List.of("runs-overview", "\"gridPos\":", "\"gridpos\":"),
          List.of("runs-overview", "\"schemaVersion\":41", "\"schemaVersion\":\"41\""));

  @Test
  void theCompilerTakesEveryDashboardAndFindsEveryMistake() throws Exception {
    Path npm = Tools.require("npm");
    Path node = Tools.require("node");
    prepare(npm);
    Set<String> wrong = new TreeSet<>();
    for (Dashboard dashboard : Dashboard.shipped()) {
      write(dashboard.file().replace(".json", ""), dashboard);
    }
    for (int i = 0; i < MISTAKES.size(); i++) {
      List<String> mistake = MISTAKES.get(i);
      String name = "mistake" + i;
      write(name, dashboard(mistake.get(0)).with(mistake.get(1), mistake.get(2)));
      wrong.add(name);
    }
    Process compiler = start(node, "node_modules/typescript/bin/tsc", "--project", ".");
    String said = output(compiler);
    Set<String> found = new TreeSet<>();
    Matcher error = ERROR.matcher(said);
    while (error.find()) {
      found.add(error.group(1));
    }
    assertThat(found).as(said).isEqualTo(wrong);
  }

  private static Dashboard dashboard(String name) throws IOException {
    return Dashboard.shipped().stream()
        .filter(dashboard -> dashboard.file().equals(name + ".json"))
        .findFirst()
        .orElseThrow();
  }

  private static void write(String name, Dashboard dashboard) throws IOException {
    Files.writeString(
        FOLDER.resolve(name + ".ts"),
        """
        import type { Shipped } from "./shipped";

        export const dashboard: Shipped = %s;
        """
            .formatted(dashboard.json().toPrettyString()));
  }

  /** Brings the compiler and the types, once for each version. */
  private static void prepare(Path npm) throws Exception {
    Files.createDirectories(FOLDER);
    Path lock = FOLDER.resolve("package-lock.json");
    Path wanted = SOURCES.resolve("package-lock.json");
    boolean there =
        Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
            && Files.exists(lock)
            && Files.mismatch(lock, wanted) < 0;
    for (String file :
        List.of("package.json", "package-lock.json", "tsconfig.json", "shipped.ts")) {
      Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!there) {
      Process install = start(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      String said = output(install);
      boolean brought = install.waitFor() == 0;
      assumeTrue(
          brought || Boolean.parseBoolean(System.getenv("CI")), "npm could not fetch: " + said);
      assertThat(brought).as(said).isTrue();
    }
  }

  private static Process start(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
