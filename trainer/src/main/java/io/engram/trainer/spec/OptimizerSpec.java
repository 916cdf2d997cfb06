package io.engram.trainer.spec;

/**
 * How gradients become updates.
 *
 * @param name the optimizer
 * @param learningRate at step 0
 * @param momentum of {@link Name#MOMENTUM}; ignored by the others
 * @param schedule how the learning rate changes
 */
public record OptimizerSpec(Name name, double learningRate, double momentum, Schedule schedule) {

  public OptimizerSpec {
    Settings.positive("learning_rate", learningRate);
    Settings.notNegative("momentum", momentum);
    Settings.below("momentum", momentum, 1);
  }

  /** Plain SGD at a constant rate. */
  public static OptimizerSpec sgd(double learningRate) {
    return new OptimizerSpec(Name.SGD, learningRate, 0, Schedule.CONSTANT);
  }

  /** Optimizers. */
  public enum Name {
    SGD,
    /** SGD with Nesterov momentum. */
    MOMENTUM,
    RMSPROP,
    ADAM
  }

  /**
   * How the learning rate changes with training.
   *
   * @param kind its shape
   * @param factor of step and exponential, above 0 and at most 1
   * @param everyEpochs of step
   */
  public record Schedule(Kind kind, double factor, int everyEpochs) {
    /** No change. */
    public static final Schedule CONSTANT = new Schedule(Kind.CONSTANT, 1, 1);

    public Schedule {
      Settings.positive("factor", factor);
      Settings.share("factor", factor);
      Settings.atLeast("every_epochs", everyEpochs, 1);
    }

    /** Shapes of a schedule. */
    public enum Kind {
      CONSTANT,
      /** Times {@code factor} after every {@code every_epochs} epochs. */
      STEP,
      /** Times {@code factor} an epoch, spread over its steps. */
      EXPONENTIAL,
      /** Half a cosine from the initial rate at the first step to 0 after the last. */
      COSINE
    }
  }
}
