package io.engram.trainer;

import io.engram.events.access.Access;
import io.engram.events.access.AccessFlags;
import io.engram.trainer.experiment.paper.PaperFolder;
import io.engram.trainer.experiment.paper.PaperRun;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.spec.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram experiment all}. Runs on the CPU: the networks are small. */
@Command(
    name = "all",
    mixinStandardHelpOptions = true,
    description = {
      "Runs both papers' experiments as runs like any other, shown live, and answers each claim.",
      "Can be stopped or killed at any time: the same command goes on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram experiment all --scale small --budget 45m --out papers",
      "  engram experiment all --scale full --out papers-full --budget 8h     a night at a time",
      "  engram experiment all --scale paper --out papers-paper --yes"
    })
final class PapersCommand implements Callable<Integer> {
  private static final Pattern BUDGET = Pattern.compile("(\\d{1,6})(s|m|h)");

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "SCALE",
      description = "small, full, paper (the papers' sizes) or tiny (a check of the machinery).")
  String scale = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where runs are kept and the report goes.")
  Path out = Path.of("");

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "As 45m or 8h: a fixed core of studies first, however long; then what fits (default:"
              + " everything).")
  @Nullable String budget;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Runs at once, each on one thread of a process of its own; 1 needs none (default: one a"
              + " processor).")
  int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--yes",
      description = "Begins at scale paper, which otherwise says what it would cost and ends.")
  boolean yes;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9464",
      description = "Of the live page and /metrics, 0 for a free one (default: ${DEFAULT-VALUE}).")
  int port;

  @Mixin ReportOptions report;

  @Mixin AccessFlags access;

  @Override
  public Integer call() {
    Duration limit = limit();
    RunLog.toFile(out.resolve("logs").resolve("engram.log"));
    NativeRuntime.useCpu();
    PaperFolder.at(out).requireScale(scale);
    try (ExperimentConsole console =
        new ExperimentConsole(System.out, Ansi.AUTO.enabled(), InstantSource.system())) {
      PaperRun run =
          new PaperRun(
              new PaperRun.Options(scale, limit, workers, out),
              report.locations(),
              console,
              System::nanoTime);
      List<String> unended = train(run);
      if (unended == null) {
        return 0;
      }
      PapersReportCommand.write(out, scale, console, report);
      unended.forEach(each -> console.say(each + " did not end; the same command tries it again"));
      return unended.isEmpty() ? 0 : 1;
    }
  }

  /** What did not end; null where it did not begin. */
  private @Nullable List<String> train(PaperRun run) {
    Crew.Place place = new Crew.Place(scale, out, report.dataDir);
    Crew crew =
        workers == 1
            ? Crew.here(place, port, allowed())
            : Crew.apart(place, workers, port, allowed());
    Thread end =
        new Thread(
            () -> {
              run.stop();
              crew.close();
            },
            "engram-shutdown");
    Runtime.getRuntime().addShutdownHook(end);
    try (crew) {
      System.out.println(crew.whereabouts());
      System.out.printf(
          Locale.ROOT,
          "What is left would take about %.1f hours on %d workers%n",
          run.secondsLeft() / 3600 / workers,
          workers);
      if (scale.equals("paper") && !yes) {
        System.out.println("Say --yes to begin");
        return null;
      }
      return run.train(crew);
    } finally {
      forget(end);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }

  private Access allowed() {
    try {
      return access.access();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Duration limit() {
    if (budget == null) {
      return null;
    }
    Matcher parts = BUDGET.matcher(budget);
    if (!parts.matches()) {
      throw new InvalidSettingException(
          "--budget", "is '%s', must be a time as in 90s, 45m or 8h".formatted(budget));
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
