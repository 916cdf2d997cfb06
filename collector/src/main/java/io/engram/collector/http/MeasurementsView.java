package io.engram.collector.http;

import io.engram.collector.aggregate.CriticalSamplesSnapshot;
import io.engram.collector.aggregate.Gini;
import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.MeasurementsSnapshot;
import io.engram.collector.aggregate.MonitorSnapshot;
import io.engram.collector.aggregate.PairedChange;
import io.engram.collector.aggregate.ProbeSnapshot;
import io.engram.collector.aggregate.RoleLook;
import io.engram.collector.aggregate.SValidationScore;
import io.engram.collector.aggregate.SValidationSeriesSnapshot;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.collector.aggregate.SensitivitySnapshot;
import io.engram.collector.aggregate.SeriesNames;
import io.engram.collector.aggregate.SpectrumSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link MeasurementsSnapshot} without its histograms and curves. */
record MeasurementsView(
    List<CriticalSamples> criticalSamples,
    List<Sensitivity> sensitivity,
    Monitor monitor,
    SpectrumSnapshot spectrum,
    SValidation svalidation,
    List<ProbeSnapshot> probes) {

  record CriticalSamples(
      String split,
      String radius,
      long looks,
      long step,
      int searched,
      int critical,
      double ratio,
      Interval interval,
      Interval atEveryLook,
      Change change) {}

  record Change(long gained, long lost, double z, double p) {}

  record Sensitivity(
      String kind,
      long measurements,
      long step,
      long updates,
      Gini gini,
      int classes,
      double classDominance,
      double classHeterogeneity) {}

  record Monitor(long looks, long incomplete, long step, double gap, List<Role> roles) {}

  record Role(
      String role,
      int examples,
      int undescribed,
      int invalid,
      double agreement,
      double agreementOfMean,
      double confidence,
      double logProbability,
      double changedShare,
      double rank,
      double rankZ) {}

  /** Counts over all classifiers, and the latest checkpoint of the live one. */
  record SValidation(long scores, long checkpoints, double seconds, @Nullable Checkpoint latest) {}

  record Checkpoint(
      String classifier,
      String profile,
      int epoch,
      long step,
      double chance,
      double validationAccuracy,
      List<PerturbedSet> sets) {}

  record PerturbedSet(
      String set,
      double centre,
      double observed,
      @Nullable String verdict,
      @Nullable String attributable) {}

  static MeasurementsView of(MeasurementsSnapshot measurements) {
    return new MeasurementsView(
        measurements.criticalSamples().stream().map(MeasurementsView::of).toList(),
        measurements.sensitivity().stream().map(MeasurementsView::of).toList(),
        of(measurements.monitor()),
        measurements.spectrum(),
        of(measurements.svalidation()),
        measurements.probes());
  }

  static CriticalSamples of(CriticalSamplesSnapshot search) {
    PairedChange change = search.change();
    return new CriticalSamples(
        search.split().label(),
        search.radiusLabel(),
        search.looks(),
        search.step(),
        search.searched(),
        search.critical(),
        search.ratio(),
        search.interval(),
        search.atEveryLook(),
        new Change(change.gained(), change.lost(), change.z(), change.p()));
  }

  private static Sensitivity of(SensitivitySnapshot sensitivity) {
    return new Sensitivity(
        sensitivity.kind().label(),
        sensitivity.measurements(),
        sensitivity.step(),
        sensitivity.updates(),
        sensitivity.gini(),
        sensitivity.matrix().classes(),
        sensitivity.matrix().dominance(),
        sensitivity.matrix().heterogeneity());
  }

  private static Monitor of(MonitorSnapshot monitor) {
    return new Monitor(
        monitor.looks(),
        monitor.incomplete(),
        monitor.step(),
        monitor.gap(),
        monitor.roles().stream().map(MeasurementsView::of).toList());
  }

  private static Role of(RoleLook look) {
    return new Role(
        SeriesNames.label(look.role()),
        look.examples(),
        look.undescribed(),
        look.invalid(),
        look.agreement(),
        look.agreementOfMean(),
        look.confidence(),
        look.logProbability(),
        look.changedShare(),
        look.rank(),
        look.rankZ());
  }

  private static SValidation of(SValidationSnapshot svalidation) {
    SValidationSeriesSnapshot live = svalidation.live();
    SValidationScore latest = live == null ? null : live.latest();
    return new SValidation(
        svalidation.scores(),
        svalidation.checkpoints(),
        svalidation.seconds(),
        live == null || latest == null ? null : of(live, latest));
  }

  private static Checkpoint of(SValidationSeriesSnapshot series, SValidationScore score) {
    return new Checkpoint(
        series.classifier(),
        score.profile(),
        score.epoch(),
        score.step(),
        series.chance(),
        score.validationAccuracy(),
        SValidationView.sets(series, score).stream().map(MeasurementsView::of).toList());
  }

  private static PerturbedSet of(SValidationView.OfSet set) {
    return new PerturbedSet(
        set.set(), set.permuted().median(), set.observed(), set.verdict(), set.attributable());
  }
}
