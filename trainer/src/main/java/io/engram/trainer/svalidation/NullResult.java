package io.engram.trainer.svalidation;

import io.engram.events.NullScores;
import io.engram.events.svalidation.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * Observed and permuted scores of every set at one checkpoint, as counts.
 *
 * @param classifier id of the shallow classifier; only scores of equal ids may be compared
 * @param profile name of the profile
 * @param examples of each set
 * @param mostCommon examples of the most common class: its share is chance
 * @param complete whether all permutations of the profile were drawn, none spared
 * @param sets scores of each set, in their order
 */
public record NullResult(
    String classifier,
    String profile,
    int examples,
    int mostCommon,
    boolean complete,
    List<NullScores> sets) {
  public NullResult {
    sets = List.copyOf(sets);
  }

  /** What the scores of each set say. */
  public List<Judgement> judgements() {
    List<Judgement> all = new ArrayList<>();
    for (NullScores scores : sets) {
      all.add(Judgement.of(scores, examples, mostCommon));
    }
    return all;
  }
}
