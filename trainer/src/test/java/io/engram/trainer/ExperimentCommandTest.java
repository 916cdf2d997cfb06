package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExperimentCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();
  private final PrintStream systemOut = System.out;
  @TempDir private Path folder;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(systemOut);
  }

  @Test
  void runsAnExperimentPrintsItsVerdictAndWritesItsReport() throws Exception {
    int code = execute("coin", "--tosses", "8", "--dataset", "glyphs", "--out", folder.toString());

    assertThat(code).isZero();
    assertThat(text())
        .contains("A0  REPRODUCED ✓  half of the tosses are heads")
        .contains("share of heads 0.5000 [0.1570, 0.8430]")
        .contains("Report: " + folder.resolve("report.md"));
    assertThat(folder.resolve("report.md"))
        .content()
        .contains("`engram experiment coin --dataset glyphs --tosses 8`")
        .contains("![tosses](tosses.svg)");
    assertThat(folder.resolve("report.json"))
        .content()
        .contains("\"verdict\" : \"REPRODUCED\"", "\"low\" : 0.157", "\"tosses\" : \"8\"");
    assertThat(Files.readString(folder.resolve("counts.csv")))
        .isEqualTo("side,count\r\nhead,4\r\n");
    assertThat(folder.resolve("tosses.svg")).content().startsWith("<svg");
  }

  @Test
  void listsThemAndTheirSettings() {
    assertThat(execute()).isZero();
    assertThat(text()).contains("coin", "Is a coin fair?");
    assertThat(execute("coin", "--help")).isZero();
    assertThat(text()).contains("--tosses=N", "How often (default: 100).");
  }

  @Test
  void aWrongNameOrSettingIsOneLineAndExitCode2() {
    assertThat(execute("die")).isEqualTo(2);
    assertThat(execute("coin", "--tosses", "many")).isEqualTo(2);
    assertThat(execute("coin", "--tosses", "0")).isEqualTo(2);
    assertThat(execute("coin", "--out", "/proc/none/of/it")).isEqualTo(2);
    assertThat(execute("coin", "--dataset", "nist", "--out", folder.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("engram: experiment: there is no 'die', must be one of coin"),
            line ->
                assertThat(line)
                    .isEqualTo("engram: --tosses: is 'many', must be a whole number of at least 1"),
            line -> assertThat(line).startsWith("engram: --tosses: is '0'"),
            line -> assertThat(line).startsWith("engram: --out: /proc/none/of/it cannot be used"),
            line -> assertThat(line).startsWith("engram: data.name: 'nist' is not a data set"));
  }

  @Test
  void everyExperimentHasANameOfItsOwnAndPossibleDefaults() {
    assertThat(Experiments.ALL).extracting(Experiment::name).doesNotHaveDuplicates();
    CommandLine command = ExperimentCommand.commandLine(Experiments.ALL);
    assertThat(command.getSubcommands()).hasSize(Experiments.ALL.size() + 3);
  }

  private int execute(String... arguments) {
    return Main.explaining(ExperimentCommand.commandLine(List.of(new Coin())))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final class Coin implements Experiment {
    @Override
    public String name() {
      return "coin";
    }

    @Override
    public String description() {
      return "Is a coin fair?";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.whole("tosses", 100, 1, "How often"));
    }

    @Override
    public Report run(ExperimentContext context) {
      int heads = context.parameters().whole("tosses") / 2;
      context.load(context.data(100, 10), io.engram.trainer.spec.NoiseSpec.NONE, 1);
      return new Report(
          "A coin, tossed",
          List.of("Heads count."),
          List.of(
              new Claim(
                  "A0",
                  "half of the tosses are heads",
                  List.of(new Quantity("share of heads", 0.5, 0.157, 0.843)),
                  Verdict.of(heads > 0),
                  "the interval holds one half")),
          List.of(
              new Table(
                  "counts", "Counts", List.of("side", "count"), List.of(List.of("head", heads)))),
          List.of(
              new Plot(
                  "tosses",
                  "tosses",
                  Axis.of("toss"),
                  Axis.of("heads"),
                  List.of(Series.line("heads", new double[] {0, 8}, new double[] {0, heads})))));
    }
  }
}
