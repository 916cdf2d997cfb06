package io.engram.trainer.model;

import io.engram.trainer.spec.OptimizerSpec;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Optimizers and learning-rate schedules, by step. */
final class Updaters {
  private static final double RMSPROP_DECAY = 0.9;
  private static final double RMSPROP_EPSILON = 1e-8;

  private Updaters() {}

  static IUpdater of(OptimizerSpec spec, int stepsPerEpoch, int epochs) {
    ISchedule rate = schedule(spec, stepsPerEpoch, epochs);
    return switch (spec.name()) {
      case SGD -> new Sgd(rate);
      case MOMENTUM -> new Nesterovs(rate, spec.momentum());
      case RMSPROP ->
          RmsProp.builder()
              .learningRateSchedule(rate)
              .rmsDecay(RMSPROP_DECAY)
              .epsilon(RMSPROP_EPSILON)
              .build();
      case ADAM -> new Adam(rate);
    };
  }

  static ISchedule schedule(OptimizerSpec spec, int stepsPerEpoch, int epochs) {
    OptimizerSpec.Schedule schedule = spec.schedule();
    double rate = spec.learningRate();
    return switch (schedule.kind()) {
      case CONSTANT -> new FixedSchedule(rate);
      case STEP ->
          new StepSchedule(
              ScheduleType.ITERATION,
              rate,
              schedule.factor(),
              (double) stepsPerEpoch * schedule.everyEpochs());
      case EXPONENTIAL ->
          new ExponentialSchedule(
              ScheduleType.ITERATION, rate, Math.pow(schedule.factor(), 1.0 / stepsPerEpoch));
      case COSINE -> new CosineSchedule(rate, (long) stepsPerEpoch * epochs);
    };
  }
}
