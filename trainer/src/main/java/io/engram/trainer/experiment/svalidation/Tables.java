package io.engram.trainer.experiment.svalidation;

import io.engram.events.NullScores;
import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.svalidation.FeatureDiagnostics;
import io.engram.trainer.svalidation.NullResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of {@link SValidation}. */
final class Tables {
  private static final String NONE = "-";

  private final Runs runs;

  Tables(Runs runs) {
    this.runs = runs;
  }

  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    for (int set = 0; set < runs.fractions().size(); set++) {
      tables.add(ranking(set));
    }
    for (int set = 0; set < runs.fractions().size(); set++) {
      tables.add(verdicts(set));
    }
    tables.add(checkpoints());
    tables.add(scores());
    return tables;
  }

  /** A network of a group after an epoch. */
  private record Ranked(Net net, int epoch, List<NetworkRun> same, Effect centre, Effect increase) {
    double mean(java.util.function.ToDoubleFunction<NetworkRun> of) {
      return same.stream().mapToDouble(of).average().orElseThrow();
    }
  }

  /** The primary output: networks by the centre of their null, after epochs that they share. */
  private Table ranking(int set) {
    List<List<Object>> rows = new ArrayList<>();
    for (Group group : runs.groups()) {
      for (int epoch : lasts(group)) {
        int rank = 0;
        for (Ranked ranked : ranked(group, epoch, set)) {
          rows.add(
              List.of(
                  group.name(),
                  epoch,
                  ++rank,
                  ranked.net.letter(),
                  ranked.centre.value(),
                  ranked.centre.low(),
                  ranked.centre.high(),
                  ranked.centre.over(),
                  ranked.increase.value(),
                  ranked.increase.low(),
                  ranked.increase.high(),
                  ranked.mean(run -> run.pixels(set).median()),
                  ranked.mean(run -> run.upTo(epoch).judgements().get(set).observed()),
                  ranked.mean(run -> run.training(run.upTo(epoch))),
                  ranked.mean(run -> run.validation(run.upTo(epoch)))));
        }
      }
    }
    return new Table(
        "ranking-" + file(set),
        "Networks by the centre of the null, %s shuffled".formatted(runs.percent(set)),
        List.of(
            "runs",
            "epoch",
            "rank",
            "net",
            "centre",
            "low",
            "high",
            "interval over",
            "minus epoch 0",
            "low",
            "high",
            "pixels",
            "observed",
            "train acc",
            "validation acc"),
        rows);
  }

  private String file(int set) {
    return runs.percent(set).replace(" %", "");
  }

  /** The last epochs of the networks of a group, ascending. */
  private List<Integer> lasts(Group group) {
    return runs.of(group).stream().map(run -> run.last().epoch()).distinct().sorted().toList();
  }

  private List<Ranked> ranked(Group group, int epoch, int set) {
    List<Ranked> all = new ArrayList<>();
    for (Net net : runs.nets(group)) {
      List<NetworkRun> same = runs.of(group, net);
      if (same.get(0).at(epoch).isPresent()) {
        all.add(
            new Ranked(
                net, epoch, same, Runs.centre(same, epoch, set), Runs.change(same, 0, epoch, set)));
      }
    }
    all.sort(Comparator.comparingDouble(ranked -> -ranked.centre.value()));
    return all;
  }

  /** The verdict on each run at its end, and the gate. */
  private Table verdicts(int set) {
    List<List<Object>> rows = new ArrayList<>();
    for (NetworkRun run : runs.all()) {
      Attribution end = run.attribution(run.last(), set);
      Judgement judgement = end.judgement();
      NullResult confirmed = run.last().confirmed();
      rows.add(
          List.of(
              run.group().name(),
              run.net().letter(),
              run.seed(),
              run.last().epoch(),
              judgement.median(),
              judgement.observed(),
              judgement.z(),
              judgement.permutations(),
              judgement.verdict(),
              run.untrained().judgements().get(set).verdict(),
              run.pixels(set).verdict(),
              end.attributable(),
              end.centreIncrease(),
              end.observedIncrease(),
              confirmed == null ? NONE : confirmed.judgements().get(set).verdict()));
    }
    return new Table(
        "verdicts-" + file(set),
        "Verdicts at the end, %s shuffled".formatted(runs.percent(set)),
        List.of(
            "runs",
            "net",
            "seed",
            "epoch",
            "centre",
            "observed",
            "z",
            "permutations",
            "verdict",
            "at epoch 0",
            "on pixels",
            "due to training",
            "centre rose by",
            "observed rose by",
            "confirmed as"),
        rows);
  }

  /** What does not depend on the set. */
  private Table checkpoints() {
    List<List<Object>> rows = new ArrayList<>();
    for (NetworkRun run : runs.all()) {
      for (Checkpoint checkpoint : run.checkpoints()) {
        List<Object> row = identified(run, String.valueOf(checkpoint.epoch()));
        FeatureDiagnostics features = checkpoint.features();
        row.addAll(List.of(run.training(checkpoint), run.validation(checkpoint)));
        row.addAll(List.of(features.units(), features.deadUnits(), features.distinctRows()));
        row.add(features.meanAbsoluteCorrelation());
        rows.add(row);
      }
    }
    return new Table(
        "checkpoints",
        "Accuracies and features after every measured epoch",
        header(
            "training accuracy",
            "validation accuracy",
            "units",
            "dead units",
            "distinct rows",
            "mean absolute correlation"),
        rows);
  }

  /** Every score of every set, pixels included, as counts. */
  private Table scores() {
    List<List<Object>> rows = new ArrayList<>();
    for (NetworkRun run : runs.all()) {
      rows.addAll(scores(run, "pixels", run.pixels()));
      for (Checkpoint checkpoint : run.checkpoints()) {
        String epoch = String.valueOf(checkpoint.epoch());
        rows.addAll(scores(run, epoch, checkpoint.scores()));
        NullResult confirmed = checkpoint.confirmed();
        if (confirmed != null) {
          rows.addAll(scores(run, epoch, confirmed));
        }
      }
    }
    return new Table(
        "scores",
        "Every score: what it says, and correct predictions of so many examples",
        header(
            "shuffled",
            "classifier",
            "examples",
            "observed",
            "lower",
            "lower quartile",
            "median",
            "upper quartile",
            "upper",
            "mean",
            "deviation",
            "noise",
            "z",
            "p above",
            "p below",
            "verdict",
            "observed count",
            "repeat counts",
            "permuted counts"),
        rows);
  }

  private List<List<Object>> scores(NetworkRun run, String epoch, NullResult result) {
    List<List<Object>> rows = new ArrayList<>();
    List<Judgement> judgements = result.judgements();
    for (int set = 0; set < judgements.size(); set++) {
      Judgement j = judgements.get(set);
      NullScores counts = result.sets().get(set);
      List<Object> row = identified(run, epoch);
      row.addAll(
          List.of(runs.fractions().get(set), result.classifier(), result.examples(), j.observed()));
      row.addAll(List.of(j.lower(), j.lowerQuartile(), j.median(), j.upperQuartile(), j.upper()));
      row.addAll(List.of(j.mean(), j.deviation(), j.noise(), j.z(), j.pAbove(), j.pBelow()));
      row.addAll(List.of(j.verdict(), counts.observed()));
      row.addAll(List.of(joined(counts.repeats()), joined(counts.permuted())));
      rows.add(row);
    }
    return rows;
  }

  private static String joined(int[] counts) {
    return Arrays.stream(counts).mapToObj(String::valueOf).collect(Collectors.joining(" "));
  }

  private static List<String> header(String... further) {
    List<String> header =
        new ArrayList<>(List.of("net", "inputs", "optimizer", "images", "seed", "epoch"));
    header.addAll(List.of(further));
    return header;
  }

  private static List<Object> identified(NetworkRun run, String epoch) {
    Group group = run.group();
    return new ArrayList<>(
        List.of(
            run.net().letter(),
            group.inputs().words,
            group.optimizer().words,
            group.training(),
            run.seed(),
            epoch));
  }
}
