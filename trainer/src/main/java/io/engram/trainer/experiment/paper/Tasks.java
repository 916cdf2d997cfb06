package io.engram.trainer.experiment.paper;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.spec.InvalidSettingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to be run at a scale, and where it is kept.
 *
 * @param studies in their order
 * @param cells what runs showed
 * @param reports what experiments reported
 * @param all tasks of the studies, in their order
 */
record Tasks(List<PlannedStudy> studies, CellStore cells, ReportStore reports, List<Task> all) {
  /**
   * Those of a folder.
   *
   * @throws InvalidSettingException if no study has the scale or the folder cannot be used
   */
  static Tasks of(String scale, Path out, DataLocations locations) {
    List<PlannedStudy> studies = PlannedStudy.all(scale, locations);
    if (studies.isEmpty()) {
      throw new InvalidSettingException(
          "--scale", "is '%s', must be small, full, paper or tiny".formatted(scale));
    }
    CellStore cells = new CellStore(out);
    ReportStore reports = new ReportStore(out);
    List<Task> all = new ArrayList<>();
    for (PlannedStudy study : studies) {
      study.cells().forEach(cell -> all.add(new Task.Training(study, cell, cells)));
      if (!study.isGrid()) {
        all.add(new Task.Whole(study, reports));
      }
    }
    return new Tasks(studies, cells, reports, List.copyOf(all));
  }
}
