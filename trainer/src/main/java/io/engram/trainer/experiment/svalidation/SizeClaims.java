package io.engram.trainer.experiment.svalidation;

import static io.engram.trainer.experiment.svalidation.Claims.notTested;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims N9 and N11, about other training sets and optimizers. The rule of N9, set down before any
 * result was seen: for every network, on real inputs with the same optimizer and after the last
 * epoch measured in both, the centre of the null at 5 % with most images is below that with fewest,
 * and its validation accuracy above, both by {@link Claims#sided}. Permutations of 2,000 and of
 * 10,000 labels are different ones, but images, validation examples and seeds are shared.
 */
final class SizeClaims {
  private final Runs runs;

  SizeClaims(Runs runs) {
    this.runs = runs;
  }

  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    for (Optimizer optimizer : Optimizer.values()) {
      List<Integer> sizes =
          runs.groups().stream()
              .filter(group -> group.inputs() == Inputs.REAL && group.optimizer() == optimizer)
              .map(Group::training)
              .sorted()
              .toList();
      if (sizes.size() > 1) {
        claims.add(larger(optimizer, sizes.get(0), sizes.get(sizes.size() - 1)));
      }
    }
    if (claims.isEmpty()) {
      claims.add(
          notTested(
              "N9",
              "with 10,000 images, slightly lower null, slightly better validation accuracy",
              "--inputs real --training 2000,10000"));
    }
    claims.add(
        notTested(
            "N11",
            "RmsProp shows other dynamics than SGD",
            "a direction; with --optimizers sgd,rmsprop the figures show both"));
    return claims;
  }

  private Claim larger(Optimizer optimizer, int few, int many) {
    String statement =
        "with %,d images instead of %,d, lower null and better validation accuracy (%s)"
            .formatted(many, few, optimizer.words);
    if (!runs.has(Runs.MAIN)) {
      return notTested("N9", statement, "0.05 among --fractions");
    }
    Group small = new Group(Inputs.REAL, optimizer, few);
    Group large = small.with(many);
    List<Quantity> quantities = new ArrayList<>();
    List<Effect> centres = new ArrayList<>();
    List<Effect> accuracies = new ArrayList<>();
    for (Net net : runs.nets(small)) {
      int epoch = Runs.commonEpoch(runs.of(large, net), runs.of(small, net));
      Effect centre =
          Runs.centres(runs.of(large, net), runs.of(small, net), epoch, runs.set(Runs.MAIN));
      Effect accuracy = Runs.accuracies(runs.of(large, net), runs.of(small, net), epoch);
      centres.add(centre);
      accuracies.add(accuracy);
      quantities.add(centre.named("%s: centre, epoch %d".formatted(net.letter(), epoch)));
      quantities.add(accuracy.named("%s: validation accuracy".formatted(net.letter())));
    }
    Verdict lower = Claims.sided(centres, -1);
    Verdict better = Claims.sided(accuracies, 1);
    Verdict verdict =
        lower == better
            ? lower
            : lower == Verdict.NOT_REPRODUCED || better == Verdict.NOT_REPRODUCED
                ? Verdict.NOT_REPRODUCED
                : Verdict.INCONCLUSIVE;
    return new Claim(
        "N9",
        statement,
        quantities,
        verdict,
        "%s; %s"
            .formatted(
                Claims.reason(lower, centres, "centres"),
                Claims.reason(better, accuracies, "accuracies")));
  }
}
