package io.engram.trainer.dataset;

import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;

/**
 * Examples to train on by what they are for; none is in two parts.
 *
 * <p>Where {@code data.training} says how many are trained on, they are the {@link Sample} of that
 * size, whatever else is asked for, and the other parts go on where it ends: they are balanced over
 * the classes as far as the classes go. Otherwise the other parts are drawn from all examples, by
 * chance, and what they leave is trained on.
 */
record Parts(RawSet training, RawSet holdout, RawSet canaries, RawSet ghosts) {

  static Parts draw(RawSet set, DataSpec data, CanariesSpec canaries, long seed) {
    long asked = (long) data.holdout() + canaries.count() + canaries.ghosts();
    if (asked == 0) {
      RawSet training = Sample.draw(set, data.classes(), data.training(), seed, "data.training");
      RawSet none = set.select(new int[0]);
      return new Parts(training, none, none, none);
    }
    int[] rows = Sample.rows(set, data.classes());
    requireEnough(rows.length, data, canaries, asked);
    int apart = (int) asked;
    int training;
    int[] order;
    if (data.training() == null) {
      training = rows.length - apart;
      int[] shuffled = Sample.shuffled(set, rows, seed);
      order = new int[rows.length];
      System.arraycopy(shuffled, 0, order, training, apart);
      System.arraycopy(shuffled, apart, order, 0, training);
    } else {
      training = data.training();
      order = Sample.balanced(set, rows, seed);
    }
    int firstCanary = training + data.holdout();
    int firstGhost = firstCanary + canaries.count();
    return new Parts(
        Sample.part(set, order, 0, training),
        Sample.part(set, order, training, firstCanary),
        Sample.part(set, order, firstCanary, firstGhost),
        Sample.part(set, order, firstGhost, training + apart));
  }

  private static void requireEnough(int there, DataSpec data, CanariesSpec canaries, long apart) {
    Integer training = data.training();
    if (training != null && training > there - apart && apart < there) {
      throw new InvalidSettingException(
          "data.training",
          "is %d, must be at most %d: of the %d examples there are, %d are kept for hold-out, canaries and ghosts"
              .formatted(training, there - apart, there, apart));
    }
    if (apart >= there) {
      throw new InvalidSettingException(
          largest(data, canaries),
          "hold-out, canaries and ghosts are %d together, must be at most %d to leave one of the examples there are to train on"
              .formatted(apart, there - 1));
    }
  }

  private static String largest(DataSpec data, CanariesSpec canaries) {
    if (data.holdout() >= Math.max(canaries.count(), canaries.ghosts())) {
      return "data.holdout";
    }
    return canaries.count() >= canaries.ghosts() ? "canaries.count" : "canaries.ghosts";
  }
}
