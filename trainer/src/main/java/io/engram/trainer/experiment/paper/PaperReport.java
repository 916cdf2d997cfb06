package io.engram.trainer.experiment.paper;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.DatasetDescription;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.onset.DetectorScores;
import io.engram.trainer.experiment.onset.Expectation;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is kept in a folder, answered claim by claim. Trains nothing.
 *
 * @param scale name of the size
 * @param notes about the data, a paragraph each
 * @param answers one for each claim of both papers
 * @param sections the studies of which something is there
 * @param detectors the onset detectors' scores on runs of these studies; empty for none
 */
public record PaperReport(
    String scale,
    List<String> notes,
    List<Answer> answers,
    List<Section> sections,
    List<Table> detectors) {
  /**
   * A study.
   *
   * @param name its name
   * @param figure what it redraws
   * @param ran what was run, a line
   * @param report what it says
   */
  record Section(String name, String figure, String ran, Report report) {}

  private static final Map<String, String> INSTEAD =
      Map.of(
          "mnist", "generated images stand in for it, and the numbers are not those of MNIST",
          "fashion-mnist",
              "digits 4 and 9 of MNIST, or generated images, stand in for the pullovers and coats of"
                  + " Chaibub Neto",
          "cifar-10", "what needs it is left out");

  private static final Map<String, Analysis> ANALYSES =
      Map.of(
          "time-to-convergence-size", new TimeToConvergence("size"),
          "time-to-convergence-width", new TimeToConvergence("width"),
          "capacity", new Capacity("MNIST", List.of("randX", "randY")),
          "capacity-cifar", new Capacity("CIFAR-10", List.of("randX")),
          "effective-capacity", new EffectiveCapacity(),
          "noise-levels", new NoiseLevels(),
          "regularizers", new Regularizers());

  /** The analysis of a grid. */
  static Analysis analysis(String name) {
    Analysis analysis = ANALYSES.get(name);
    if (analysis == null) {
      throw new InvalidSettingException(
          "analysis",
          "is '%s', must be one of %s".formatted(name, String.join(", ", ANALYSES.keySet())));
    }
    return analysis;
  }

  /**
   * Reads the folder.
   *
   * @throws InvalidSettingException if nothing of this scale is there
   */
  public static PaperReport of(Path out, String scale, DataLocations locations, Progress progress) {
    List<PlannedStudy> studies = PlannedStudy.all(scale, locations);
    CellStore cells = new CellStore(out);
    ReportStore reports = new ReportStore(out);
    Map<String, Section> sections = new LinkedHashMap<>();
    DetectorScores scores = new DetectorScores();
    boolean scored = false;
    for (PlannedStudy study : studies) {
      if (!study.isGrid()) {
        reports
            .read(study)
            .ifPresent(read -> sections.put(study.name(), section(study, read.report())));
        continue;
      }
      List<CellRecord> records = new ArrayList<>();
      for (Cell cell : study.cells()) {
        if (cells.has(cell)) {
          progress.at("reading " + cell, records.size(), study.cells().size());
          try {
            var events = cells.read(cell);
            records.add(CellRecord.of(cell, events));
            if (study.study().scoresDetectors() && score(cell)) {
              scores.add(
                  cell.at(Noise.AXIS),
                  cell.at("data"),
                  cell.at(Noise.AXIS).equals("real") ? Expectation.SILENT : Expectation.ONSET,
                  cell.seed(),
                  cell.spec(),
                  events);
              scored = true;
            }
          } catch (IOException e) {
            progress.say("%s is left out: %s".formatted(cell, e.getMessage()));
          }
        }
      }
      if (!records.isEmpty()) {
        Analysis analysis = analysis(String.valueOf(study.study().analysis()));
        Records found =
            new Records(study.name(), study.study().title(), conditions(study), records);
        sections.put(study.name(), section(study, analysis.report(found), found));
      }
    }
    return new PaperReport(
        scale,
        notes(studies, locations),
        answers(studies, sections, cells),
        List.copyOf(sections.values()),
        scored ? scores.tables() : List.of());
  }

  private static Set<Map<String, String>> conditions(PlannedStudy study) {
    Set<Map<String, String>> conditions = new LinkedHashSet<>();
    study.cells().forEach(cell -> conditions.add(cell.at()));
    return conditions;
  }

  /** Real data, where silence is right, and random labels, where an onset is. */
  private static boolean score(Cell cell) {
    Noise noise = Noise.of(cell);
    return noise.kind().equals("real") || (noise.kind().equals("randY") && noise.share() < 1);
  }

  private static Section section(PlannedStudy study, Report report) {
    String note = study.scale().note();
    String ran = report.title() + (note == null ? "" : "; " + note);
    return new Section(study.name(), study.study().figure(), ran, report);
  }

  private static Section section(PlannedStudy study, Report report, Records records) {
    String note = study.scale().note();
    String ran =
        "%d of %d runs, %d complete seeds%s"
            .formatted(
                records.all().size(),
                study.cells().size(),
                records.completeSeeds().size(),
                note == null ? "" : "; " + note);
    return new Section(study.name(), study.study().figure(), ran, report);
  }

  private static List<Answer> answers(
      List<PlannedStudy> studies, Map<String, Section> sections, CellStore cells) {
    List<Answer> answers = new ArrayList<>();
    for (PaperClaim claim : PaperClaim.ALL) {
      List<String> ran = new ArrayList<>();
      List<Claim> parts = new ArrayList<>();
      boolean planned = false;
      boolean whole = true;
      for (PlannedStudy study : studies) {
        if (study.study().claims().contains(claim.id())) {
          Section section = sections.get(study.name());
          planned = true;
          boolean possible = !study.isGrid() || !study.cells().isEmpty();
          boolean done = section != null && study.cells().stream().allMatch(cells::has);
          whole &= done || !possible;
          if (section != null) {
            ran.add("%s: %s".formatted(study.name(), section.ran()));
            section.report().claims().stream()
                .filter(part -> part.id().equals(claim.id()))
                .forEach(parts::add);
          }
        }
      }
      String without = planned ? whole ? Answer.NOT_TESTABLE : Answer.NO_BUDGET : Answer.NO_SCALE;
      answers.add(new Answer(claim, String.join("; ", ran), parts, without));
    }
    return answers;
  }

  private static List<String> notes(List<PlannedStudy> studies, DataLocations locations) {
    List<String> notes = new ArrayList<>();
    for (DatasetDescription set : Datasets.all(locations)) {
      if (!set.here()) {
        notes.add("%s is not on this machine; %s.".formatted(set.name(), INSTEAD.get(set.name())));
      }
    }
    if (studies.stream()
        .flatMap(study -> study.cells().stream())
        .anyMatch(cell -> cell.spec().data().name().equals("cifar-10"))) {
      notes.add(
          "cifar-10 is what is found of it here, which may be a part of the paper's 50,000"
              + " images.");
    }
    for (PlannedStudy study : studies) {
      if (!study.absent().isEmpty()) {
        notes.add(
            "%s is left out on %s, which is not here."
                .formatted(study.name(), String.join(", ", study.absent())));
      }
    }
    notes.add(
        "One rule answers the claims of the grids of runs: a number that is claimed to be above 0 is"
            + " averaged over seeds; ✓ where Student's 95 % interval lies above 0 for every such"
            + " number of the claim, ✗ where one lies at or below 0, otherwise inconclusive. The"
            + " other experiments have rules of their own, said with them. A claim of several parts"
            + " is ✓ where all hold, ✗ where one does not. Values are those at the end of a declared"
            + " schedule. One data set at a small scale neither confirms nor refutes a paper.");
    return notes;
  }
}
