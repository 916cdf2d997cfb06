package io.engram.collector.http;

import io.engram.collector.aggregate.CheckpointSnapshot;
import io.engram.collector.aggregate.DeliverySnapshot;
import io.engram.collector.aggregate.ExampleGroupSnapshot;
import io.engram.collector.aggregate.LayerSnapshot;
import io.engram.collector.aggregate.MislabelScore;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.SplitSnapshot;
import io.engram.collector.watch.WatchSnapshot;
import io.engram.events.Evaluation;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API and the event stream tell it: {@link RunSnapshot} without its histograms. Its
 * size depends on the layers and on what is probed, not on examples or steps.
 */
record RunView(
    RunId run,
    long incarnation,
    String state,
    String detail,
    long firstEventMillis,
    long lastEventMillis,
    int epoch,
    long step,
    @Nullable RunStarted header,
    Progress progress,
    List<SplitView> evaluations,
    Gradients gradients,
    Examples examples,
    MeasurementsView measurements,
    @Nullable OnsetView onset,
    @Nullable CheckpointSnapshot checkpoint,
    DeliverySnapshot delivery) {

  record Progress(
      long steps,
      long stepsRedone,
      long examples,
      long correct,
      double stepLoss,
      double stepAccuracy,
      double learningRate,
      double epochSeconds) {}

  record SplitView(
      String split,
      int epoch,
      long step,
      long examples,
      long correct,
      double loss,
      double accuracy,
      List<SplitGroup> groups) {}

  record SplitGroup(String labels, long examples, long correct, double lossSum) {}

  record Gradients(double norm, double parameterNorm, List<Layer> layers) {}

  record Layer(
      String layer,
      double gradientNorm,
      double updateNorm,
      double parameterNorm,
      double updateRatio) {}

  record Examples(
      long described,
      long observations,
      long undescribed,
      long mislabelled,
      long redescribed,
      long impossible,
      long canaries,
      Map<String, Double> mislabelAuroc,
      List<ExampleGroup> groups) {}

  record ExampleGroup(
      String labels,
      long examples,
      long presented,
      long learned,
      long everLearned,
      long forgettingEvents,
      long predictionChanges) {}

  static RunView of(RunSnapshot run, @Nullable WatchSnapshot decided) {
    return new RunView(
        run.run(),
        run.incarnation(),
        run.state().label(),
        run.detail(),
        run.firstEventMillis(),
        run.lastEventMillis(),
        run.epoch(),
        run.step(),
        run.header(),
        new Progress(
            run.progress().steps(),
            run.progress().stepsRedone(),
            run.progress().examples(),
            run.progress().correct(),
            run.progress().stepLoss(),
            run.progress().stepAccuracy(),
            run.progress().learningRate(),
            run.progress().epochSeconds()),
        run.splits().stream().map(RunView::of).toList(),
        new Gradients(
            run.gradients().gradientNorm(),
            run.gradients().parameterNorm(),
            run.gradients().layers().stream().map(RunView::of).toList()),
        new Examples(
            run.examples().described(),
            run.examples().observations(),
            run.examples().undescribed(),
            run.examples().mislabelled(),
            run.examples().redescribed(),
            run.examples().impossible(),
            run.examples().canaries(),
            mislabelAuroc(run.examples().mislabelAuroc()),
            run.examples().groups().stream().map(RunView::of).toList()),
        MeasurementsView.of(run.measurements()),
        decided == null ? null : OnsetView.of(decided),
        run.checkpoint(),
        run.delivery());
  }

  private static Map<String, Double> mislabelAuroc(Map<MislabelScore, Double> byScore) {
    Map<String, Double> byLabel = new TreeMap<>();
    byScore.forEach((score, area) -> byLabel.put(score.label(), area));
    return byLabel;
  }

  private static SplitView of(SplitSnapshot split) {
    return new SplitView(
        split.split().label(),
        split.epoch(),
        split.step(),
        split.examples(),
        split.correct(),
        split.loss(),
        split.accuracy(),
        split.groups().stream().map(RunView::of).toList());
  }

  private static SplitGroup of(Evaluation group) {
    return new SplitGroup(
        group.labels().label(), group.examples(), group.correct(), group.lossSum());
  }

  private static Layer of(LayerSnapshot layer) {
    return new Layer(
        layer.layer(),
        layer.gradientNorm(),
        layer.updateNorm(),
        layer.parameterNorm(),
        layer.updateRatio());
  }

  private static ExampleGroup of(ExampleGroupSnapshot group) {
    return new ExampleGroup(
        group.labels().label(),
        group.examples(),
        group.presented(),
        group.learned(),
        group.everLearned(),
        group.forgettingEvents(),
        group.predictionChanges());
  }
}
