package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.svalidation.NullProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the runs of {@link SValidation} say. */
final class SValidationReport {
  private final Settings settings;
  private final String dataset;
  private final NullProfile profile;
  private final Runs runs;
  private final ShuffledClaims shuffled;

  SValidationReport(
      Settings settings,
      String dataset,
      NullProfile profile,
      List<NetworkRun> runs,
      List<ShuffledNetworks> shuffled) {
    this.settings = settings;
    this.dataset = dataset;
    this.profile = profile;
    this.runs = new Runs(settings.fractions(), runs);
    this.shuffled = new ShuffledClaims(this.runs, shuffled);
  }

  Report report() {
    return new Report(
        "s-validation: %s, %d seed%s"
            .formatted(dataset, settings.seeds().size(), settings.seeds().size() == 1 ? "" : "s"),
        joined(notes(), shuffled.notes()),
        joined(claims(), shuffled.claims()),
        joined(new Tables(runs).all(), shuffled.tables()),
        new Figures(runs).all());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    runs.groups().stream()
        .map(group -> group.with(Inputs.REAL))
        .distinct()
        .forEach(
            group -> {
              claims.addAll(new RunClaims(runs, group).claims());
              claims.addAll(new PairClaims(runs, group).claims());
              claims.addAll(new TimeClaims(runs, group).claims());
            });
    claims.addAll(new SizeClaims(runs).claims());
    claims.sort(Comparator.comparingInt(claim -> Integer.parseInt(claim.id().substring(1))));
    return claims;
  }

  private List<String> notes() {
    return List.of(
        "Chaibub Neto 2018. Data: %s. %d validation images.%s"
            .formatted(
                Images.described(dataset),
                settings.validation(),
                settings.inputs().contains(Inputs.GAUSSIAN)
                    ? " Gaussian inputs replace every pixel of training and validation images, %s."
                        .formatted(
                            settings.matchedNoise()
                                ? "with the images' mean and variance"
                                : "with mean 0 and variance 1")
                    : ""),
        ("The null of a checkpoint: %s, fitted to features of the training images under permuted"
                + " labels, %d to %d times, scored on the copies' features against the"
                + " same labels. Fewer permutations only where neither verdict could change.")
            .formatted(profile.classifier().id(), profile.minimum(), profile.maximum()),
        "The primary output is the ranking of networks by the centre (median) of their null, after"
            + " epochs that they share: the same images, copies, permutations and draws of the"
            + " forest for all networks of a seed. An increase over epoch 0, and the centre on raw"
            + " pixels, are beside it: what an untrained network or no network shows is not due to"
            + " training.",
        settings.seeds().size() >= Effect.ENOUGH
            ? ("Intervals are 95 %%, Student's over the %d seeds, each with other images, copies,"
                    + " initial weights and orders; differences are paired by seed.")
                .formatted(settings.seeds().size())
            : "Intervals are 95 % bootstraps over the permutations (of validation accuracies normal,"
                + " over the examples). They hold for these networks alone and say nothing of other"
                + " initial weights or images: claims that compare networks or epochs stay"
                + " inconclusive with fewer than %d seeds.".formatted(Effect.ENOUGH),
        "The rule of every claim was set down before any result was seen; it is in the"
            + " documentation of its class.");
  }
}
