package io.engram.collector.http;

import io.engram.collector.aggregate.SValidationScore;
import io.engram.collector.aggregate.SValidationSeriesSnapshot;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.collector.aggregate.SeriesNames;
import io.engram.events.RunId;
import io.engram.events.SValidationScored;
import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All scores of a run, each classifier's apart: what is in different series cannot be compared. */
record SValidationView(RunId run, List<Series> series) {

  /**
   * @param live whether the metrics and the run's own document are of it
   */
  record Series(
      String classifier,
      String profile,
      boolean live,
      int examples,
      double chance,
      List<String> sets,
      @Nullable Score pixels,
      List<Score> checkpoints,
      long leftOut) {}

  record Score(
      int epoch,
      long step,
      String profile,
      boolean complete,
      int validationExamples,
      int validationCorrect,
      double validationAccuracy,
      SValidationScored.Features features,
      double seconds,
      List<OfSet> sets) {}

  /**
   * @param verdict null in a sketch
   * @param attributable {@code yes}, {@code no} or {@code unknown}; null for a control or a sketch
   * @param untrained verdict on the untrained network; null if there is none
   * @param pixelControl verdict on the pixels; null if there is none
   * @param reason all of that in words
   */
  record OfSet(
      String set,
      double observed,
      Permuted permuted,
      double noise,
      double z,
      double pAbove,
      double pBelow,
      @Nullable String verdict,
      @Nullable String attributable,
      @Nullable String untrained,
      @Nullable String pixelControl,
      double centreIncrease,
      double observedIncrease,
      String reason) {}

  record Permuted(
      int permutations,
      double mean,
      double deviation,
      double lowest,
      double lower,
      double lowerQuartile,
      double median,
      double upperQuartile,
      double upper,
      double highest) {}

  static SValidationView of(RunId run, SValidationSnapshot svalidation) {
    SValidationSeriesSnapshot live = svalidation.live();
    return new SValidationView(
        run, svalidation.series().stream().map(series -> of(series, series.equals(live))).toList());
  }

  private static Series of(SValidationSeriesSnapshot series, boolean live) {
    return new Series(
        series.classifier(),
        series.profile(),
        live,
        series.examples(),
        series.chance(),
        series.sets(),
        series.pixels() == null ? null : of(series, series.pixels()),
        series.checkpoints().stream().map(score -> of(series, score)).toList(),
        series.leftOut());
  }

  private static Score of(SValidationSeriesSnapshot series, SValidationScore score) {
    return new Score(
        score.epoch(),
        score.step(),
        score.profile(),
        score.complete(),
        score.validationExamples(),
        score.validationCorrect(),
        score.validationAccuracy(),
        score.features(),
        score.seconds(),
        sets(series, score));
  }

  static List<OfSet> sets(SValidationSeriesSnapshot series, SValidationScore score) {
    return IntStream.range(0, score.sets().size()).mapToObj(i -> of(series, score, i)).toList();
  }

  private static OfSet of(SValidationSeriesSnapshot series, SValidationScore score, int index) {
    SValidationScore.OfSet set = score.sets().get(index);
    Judgement judgement = set.judgement();
    Attribution attribution = series.attribution(score, index);
    boolean gated = score.hasVerdicts() && !series.isControl(score);
    return new OfSet(
        set.name(),
        judgement.observed(),
        permuted(set),
        judgement.noise(),
        judgement.z(),
        judgement.pAbove(),
        judgement.pBelow(),
        score.hasVerdicts() ? SeriesNames.label(judgement.verdict()) : null,
        gated ? SeriesNames.label(attribution.attributable()) : null,
        verdict(score, attribution.untrained()),
        verdict(score, attribution.pixels()),
        attribution.centreIncrease(),
        attribution.observedIncrease(),
        reason(series, score, attribution));
  }

  private static @Nullable String verdict(SValidationScore score, @Nullable Judgement control) {
    return control == null || !score.hasVerdicts() ? null : SeriesNames.label(control.verdict());
  }

  private static String reason(
      SValidationSeriesSnapshot series, SValidationScore score, Attribution attribution) {
    if (!score.hasVerdicts()) {
      return SValidationWords.SKETCH;
    }
    if (series.isControl(score)) {
      return SValidationWords.control(
          attribution.judgement(),
          score.equals(series.pixels()) ? "the pixels" : "the untrained network");
    }
    return SValidationWords.of(attribution);
  }

  private static Permuted permuted(SValidationScore.OfSet set) {
    Judgement judgement = set.judgement();
    return new Permuted(
        judgement.permutations(),
        judgement.mean(),
        judgement.deviation(),
        set.lowest(),
        judgement.lower(),
        judgement.lowerQuartile(),
        judgement.median(),
        judgement.upperQuartile(),
        judgement.upper(),
        set.highest());
  }
}
