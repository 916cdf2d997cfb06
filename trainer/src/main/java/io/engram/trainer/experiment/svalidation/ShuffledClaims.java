package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The null by networks that were trained on shuffled labels themselves, after Chaibub Neto 2018,
 * §8. The paper's null shuffles labels for the shallow classifier alone, whose features come from a
 * network that has seen the true ones; here the network, too, has seen nothing else.
 */
final class ShuffledClaims {
  private final Runs runs;
  private final List<ShuffledNetworks> all;

  ShuffledClaims(Runs runs, List<ShuffledNetworks> all) {
    this.runs = runs;
    this.all = List.copyOf(all);
  }

  List<String> notes() {
    return all.isEmpty()
        ? List.of()
        : List.of(
            "Null by networks: of each kind and seed %d networks with the same initial weights and"
                    .formatted(all.get(0).fitted().length)
                + " order, trained on permuted labels to the end of the schedule; the classifier is"
                + " fitted to their features under their own labels and scored under the same. p is"
                + " the share of all networks, that with the true labels included, that score as"
                + " high as it.");
  }

  /** One a kind of network and set. */
  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    for (Group group : runs.groups()) {
      for (Net net : runs.nets(group)) {
        List<ShuffledNetworks> same =
            all.stream()
                .filter(each -> each.run().group().equals(group) && each.run().net() == net)
                .toList();
        for (int set = 0; set < runs.fractions().size() && !same.isEmpty(); set++) {
          claims.add(claim(group, net, same, set));
        }
      }
    }
    return claims;
  }

  private Claim claim(Group group, Net net, List<ShuffledNetworks> same, int set) {
    Decision decision =
        new Decision(
                "shuffled-networks",
                "%s, %s, %s shuffled: the observed score lies above those of networks trained on"
                        .formatted(net.letter(), group.name(), runs.percent(set))
                    + " shuffled labels")
            .positive(
                "observed minus mean of the networks",
                bySeed(same, each -> each.observed(set) - each.centre(set)));
    decision.beside(
        Estimate.of(bySeed(same, each -> each.centre(set) - forests(each, set)))
            .as("mean of the networks minus centre of the paper's null"));
    decision.beside(Estimate.of(bySeed(same, each -> each.centre(set))).as("mean of the networks"));
    decision.beside(
        Estimate.of(bySeed(same, each -> forests(each, set))).as("centre of the paper's null"));
    decision.beside(Estimate.of(bySeed(same, each -> each.p(set))).as("p"));
    decision.beside(
        Estimate.of(bySeed(same, each -> Arrays.stream(each.fitted()).average().orElse(Double.NaN)))
            .as("shuffled labels that the networks fit"));
    return decision.claim();
  }

  private static double forests(ShuffledNetworks each, int set) {
    return each.run().last().judgements().get(set).median();
  }

  private static double[] bySeed(
      List<ShuffledNetworks> same, ToDoubleFunction<ShuffledNetworks> number) {
    return same.stream().mapToDouble(number).toArray();
  }

  List<Table> tables() {
    if (all.isEmpty()) {
      return List.of();
    }
    List<List<Object>> rows = new ArrayList<>();
    for (ShuffledNetworks each : all) {
      for (int set = 0; set < runs.fractions().size(); set++) {
        double[] shares = each.shares(set);
        for (int network = 0; network < shares.length; network++) {
          rows.add(
              List.of(
                  each.run().group().name(),
                  each.run().net().letter(),
                  each.run().seed(),
                  runs.percent(set),
                  network + 1,
                  shares[network],
                  each.fitted()[network],
                  each.observed(set),
                  forests(each, set)));
        }
      }
    }
    return List.of(
        new Table(
            "shuffled-networks",
            "Networks trained on shuffled labels, beside the observed score and the paper's null",
            List.of(
                "runs",
                "net",
                "seed",
                "shuffled",
                "network",
                "score",
                "fitted",
                "observed",
                "centre"),
            rows));
  }
}
