package io.engram.trainer.experiment;

import java.util.Locale;

/** A report to be read. */
final class Markdown {
  private Markdown() {}

  static String of(String command, Report report, ReportFolder.Run run) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.title()).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "`%s`%n%nStarted %s, took %.0f s on %d processors.%n",
            command,
            run.started(),
            run.seconds(),
            run.processors()));
    report.notes().forEach(note -> text.append('\n').append(note).append('\n'));
    if (!report.claims().isEmpty()) {
      text.append("\n## Claims\n");
    }
    for (Claim claim : report.claims()) {
      text.append(
          "%n**%s %s** %s%n%n%s%s%n"
              .formatted(
                  claim.id(),
                  claim.verdict(),
                  claim.statement(),
                  claim.quantities().isEmpty() ? "" : claim.numbers() + ".%n%n".formatted(),
                  claim.reason()));
    }
    for (Figure figure : report.figures()) {
      text.append("%n![%s](%s.svg)%n".formatted(figure.title(), figure.name()));
    }
    for (Table table : report.tables()) {
      text.append("%n## %s%n".formatted(table.caption()));
      if (table.isShort()) {
        text.append("%n```%n%s```%n".formatted(table.text()));
      }
      text.append("%n[%s.csv](%s.csv)%n".formatted(table.name(), table.name()));
    }
    return text.toString();
  }
}
