package io.engram.trainer.experiment;

import java.util.List;

/** The experiments that can be called by name. */
public final class Experiments {
  /** All of them, in the order of a listing. */
  public static final List<Experiment> ALL =
      List.of(new EasyHard(), new LossSensitivity(), new CriticalSamples(), new Mislabel());

  private Experiments() {}
}
