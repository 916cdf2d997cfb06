package io.engram.trainer.experiment.paper;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.DatasetDescription;
import io.engram.trainer.dataset.Datasets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A study at a scale.
 *
 * @param name its name
 * @param study its file
 * @param scale its size; nothing is run where the file has none of that name
 * @param cells runs of a grid on data that is here; none of an experiment
 * @param absent names of data sets that are not on this machine, whose runs are left out
 */
record PlannedStudy(
    String name, Study study, Study.Scale scale, List<Cell> cells, Set<String> absent) {

  /** Those that the scale has, in their order. */
  static List<PlannedStudy> all(String scale, DataLocations locations) {
    Set<String> here = new HashSet<>();
    Datasets.all(locations).stream()
        .filter(DatasetDescription::here)
        .map(DatasetDescription::name)
        .forEach(here::add);
    List<PlannedStudy> planned = new ArrayList<>();
    Studies.all()
        .forEach(
            (name, study) -> {
              Study.Scale size = study.scales().get(scale);
              if (size != null) {
                planned.add(of(name, study, size, here));
              }
            });
    return planned;
  }

  private static PlannedStudy of(String name, Study study, Study.Scale scale, Set<String> here) {
    List<Cell> cells =
        study.analysis() == null ? List.of() : Studies.cells(name, study, scale, here);
    Set<String> absent = new TreeSet<>();
    cells.forEach(cell -> absent.add(cell.spec().data().name()));
    absent.removeAll(here);
    return new PlannedStudy(
        name,
        study,
        scale,
        cells.stream().filter(cell -> here.contains(cell.spec().data().name())).toList(),
        absent);
  }

  boolean isGrid() {
    return study.analysis() != null;
  }
}
