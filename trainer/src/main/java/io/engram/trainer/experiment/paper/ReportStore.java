package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.grid.SettingsHash;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finished reports of experiments, by name and settings: {@code experiments/<name>-<hash>.json}.
 */
final class ReportStore {
  private final Path folder;

  ReportStore(Path out) {
    folder = out.resolve("experiments");
  }

  private Path file(PlannedStudy study) {
    Map<String, String> settings = new TreeMap<>(study.scale().settings());
    String hash = SettingsHash.of(study.study().experiment() + settings);
    return folder.resolve("%s-%s.json".formatted(study.name(), hash));
  }

  Optional<StoredReport> read(PlannedStudy study) {
    return StoredReport.read(file(study));
  }

  void write(PlannedStudy study, StoredReport report) {
    report.write(file(study));
  }
}
