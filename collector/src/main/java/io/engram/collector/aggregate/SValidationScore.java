package io.engram.collector.aggregate;

import io.engram.events.EventEnvelope;
import io.engram.events.SValidationScored;
import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a shallow classifier scored at one checkpoint, or on the pixels. Its size depends on the
 * sets, not on the permutations.
 *
 * @param epoch passes completed at the checkpoint
 * @param step updates completed at the checkpoint
 * @param profile name of the profile
 * @param complete whether all permutations of the profile were drawn, none spared
 * @param validationExamples clean validation examples that the same classifier was asked about
 * @param validationCorrect how many of them it got right
 * @param features what they are like
 * @param seconds what features and scores took together
 * @param sets the scores of each set
 */
public record SValidationScore(
    int epoch,
    long step,
    String profile,
    boolean complete,
    int validationExamples,
    int validationCorrect,
    SValidationScored.Features features,
    double seconds,
    List<OfSet> sets) {
  /** A profile for the curve of the null's centre, never for a verdict. */
  private static final String SKETCH = "SKETCH";

  /**
   * Scores of one set as shares of its examples.
   *
   * @param name of the set
   * @param judgement what they come to
   * @param lowest of the null
   * @param highest of the null
   */
  public record OfSet(String name, Judgement judgement, double lowest, double highest) {}

  public SValidationScore {
    sets = List.copyOf(sets);
  }

  static SValidationScore of(EventEnvelope envelope, SValidationScored event) {
    List<OfSet> sets = new ArrayList<>();
    for (SValidationScored.PerturbedSet set : event.sets()) {
      int[] permuted = set.scores().permuted();
      double n = event.examples();
      sets.add(
          new OfSet(
              set.name(),
              Judgement.of(set.scores(), event.examples(), event.mostCommon()),
              Arrays.stream(permuted).min().orElseThrow() / n,
              Arrays.stream(permuted).max().orElseThrow() / n));
    }
    return new SValidationScore(
        envelope.epoch(),
        envelope.step(),
        event.profile(),
        event.complete(),
        event.validationExamples(),
        event.validationCorrect(),
        event.features(),
        event.durationSeconds(),
        sets);
  }

  SValidationScore(DataInput in) throws IOException {
    this(
        in.readInt(),
        in.readLong(),
        StateIo.readString(in),
        in.readBoolean(),
        in.readInt(),
        in.readInt(),
        new SValidationScored.Features(in.readInt(), in.readInt(), in.readInt(), in.readDouble()),
        in.readDouble(),
        readSets(in));
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(epoch);
    out.writeLong(step);
    StateIo.writeString(out, profile);
    out.writeBoolean(complete);
    out.writeInt(validationExamples);
    out.writeInt(validationCorrect);
    out.writeInt(features.units());
    out.writeInt(features.deadUnits());
    out.writeInt(features.distinctRows());
    out.writeDouble(features.meanAbsoluteCorrelation());
    out.writeDouble(seconds);
    out.writeInt(sets.size());
    for (OfSet set : sets) {
      StateIo.writeString(out, set.name());
      write(out, set.judgement());
      out.writeDouble(set.lowest());
      out.writeDouble(set.highest());
    }
  }

  /**
   * Median of the permutation null of a set.
   *
   * @param set index of the set
   */
  public double centre(int set) {
    return sets.get(set).judgement().median();
  }

  /** Whether its judgements hold a verdict. */
  public boolean hasVerdicts() {
    return !profile.equals(SKETCH);
  }

  /** Share of the validation examples that the shallow classifier got right; NaN without any. */
  public double validationAccuracy() {
    return (double) validationCorrect / validationExamples;
  }

  private static List<OfSet> readSets(DataInput in) throws IOException {
    List<OfSet> sets = new ArrayList<>();
    for (int n = StateIo.readLength(in); n > 0; n--) {
      sets.add(
          new OfSet(StateIo.readString(in), readJudgement(in), in.readDouble(), in.readDouble()));
    }
    return sets;
  }

  private static void write(DataOutput out, Judgement judgement) throws IOException {
    out.writeInt(judgement.permutations());
    out.writeDouble(judgement.chance());
    out.writeDouble(judgement.observed());
    out.writeDouble(judgement.mean());
    out.writeDouble(judgement.deviation());
    out.writeDouble(judgement.lower());
    out.writeDouble(judgement.lowerQuartile());
    out.writeDouble(judgement.median());
    out.writeDouble(judgement.upperQuartile());
    out.writeDouble(judgement.upper());
    out.writeDouble(judgement.noise());
    out.writeDouble(judgement.z());
    out.writeDouble(judgement.pAbove());
    out.writeDouble(judgement.pBelow());
    StateIo.writeString(out, judgement.verdict().name());
  }

  private static Judgement readJudgement(DataInput in) throws IOException {
    return new Judgement(
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        StateIo.readEnum(Verdict.class, in));
  }
}
