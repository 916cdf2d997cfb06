package io.engram.trainer;

import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.critical.CriticalSamples;
import io.engram.trainer.experiment.easyhard.EasyHard;
import io.engram.trainer.experiment.filters.Filters;
import io.engram.trainer.experiment.mislabel.Mislabel;
import io.engram.trainer.experiment.sensitivity.Discarding;
import io.engram.trainer.experiment.sensitivity.LossSensitivity;
import io.engram.trainer.experiment.svalidation.SValidation;
import java.util.List;

/** The experiments that can be called by name. */
public final class Experiments {
  /** All of them, in the order of a listing. */
  public static final List<Experiment> ALL =
      List.of(
          new EasyHard(),
          new LossSensitivity(),
          new Discarding(),
          new Filters(),
          new CriticalSamples(),
          new Mislabel(),
          new SValidation());

  private Experiments() {}
}
