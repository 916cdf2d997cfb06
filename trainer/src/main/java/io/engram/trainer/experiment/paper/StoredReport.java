package io.engram.trainer.experiment.paper;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished report in a file.
 *
 * @param version of what made it; a report of another version is made again
 * @param seconds what it took
 */
record StoredReport(
    int version,
    double seconds,
    String title,
    List<String> notes,
    List<Claim> claims,
    List<Table> tables,
    List<Kept> figures) {
  /** Raised when an experiment computes something else from the same settings. */
  static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * A picture: what a plot shows, or what was drawn.
   *
   * @param svg null for a plot
   * @param plot drawn when it is looked at; null for another picture
   */
  record Kept(String name, String title, @Nullable String svg, @Nullable Plot plot) {
    static Kept of(Figure figure) {
      return figure instanceof Plot plot
          ? new Kept(plot.name(), plot.title(), null, plot)
          : new Kept(figure.name(), figure.title(), figure.svg(), null);
    }

    Figure figure() {
      if (plot != null) {
        return plot;
      }
      // What an earlier version drew styles all paths of a page.
      return new Drawn(name, title, svg == null ? "" : svg.replace("path{", "path[class]{"));
    }
  }

  private record Drawn(String name, String title, String svg) implements Figure {}

  static StoredReport of(Report report, double seconds) {
    return new StoredReport(
        VERSION,
        seconds,
        report.title(),
        report.notes(),
        report.claims(),
        report.tables(),
        report.figures().stream().map(Kept::of).toList());
  }

  Report report() {
    return new Report(title, notes, claims, tables, figures.stream().map(Kept::figure).toList());
  }

  /** Nothing where there is none, it cannot be read, or it is of another version. */
  static Optional<StoredReport> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      StoredReport read = JSON.readValue(Files.readString(file), StoredReport.class);
      return read.version == VERSION ? Optional.of(read) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes all of it or nothing. */
  void write(Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(part, JSON.writeValueAsString(this));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InvalidSettingException("--out", "%s cannot be written: %s".formatted(file, e));
    }
  }
}
