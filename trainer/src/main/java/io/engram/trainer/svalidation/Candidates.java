package io.engram.trainer.svalidation;

/** The features that a node may split on, drawn without replacement by the node's key. */
final class Candidates {
  private final int features;
  private final int[] chosen;
  private final int[] lastDrawn;
  private int draws;

  Candidates(int features, int mtry) {
    this.features = features;
    chosen = new int[mtry];
    lastDrawn = new int[features];
  }

  /** The features in the order drawn; the array is filled anew by the next call. */
  int[] draw(long key) {
    draws++;
    if (draws == Integer.MAX_VALUE) {
      java.util.Arrays.fill(lastDrawn, 0);
      draws = 1;
    }
    long state = key;
    for (int i = 0; i < chosen.length; ) {
      state += Keys.GAMMA;
      int feature = Keys.below(features, Keys.mix(state));
      if (lastDrawn[feature] != draws) {
        lastDrawn[feature] = draws;
        chosen[i++] = feature;
      }
    }
    return chosen;
  }
}
