package io.engram.trainer.experiment.filters;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import io.engram.trainer.experiment.Condition;
import io.engram.trainer.training.EventSink;
import io.engram.trainer.training.LoopListener;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingState;
import org.jspecify.annotations.Nullable;

/** One run of {@link Filters}: its filters before and after training, and its accuracies. */
final class FilterRun implements EventSink, LoopListeners {
  private final Condition condition;
  private final long seed;
  private @Nullable FilterBank before;
  private @Nullable FilterBank after;
  private double training = Double.NaN;
  private double validation = Double.NaN;

  FilterRun(Condition condition, long seed) {
    this.condition = condition;
    this.seed = seed;
  }

  @Override
  public LoopListener listen(Context context) {
    return new LoopListener() {
      @Override
      public void beforeStep(TrainingState state, int[] rows) {}

      @Override
      public void atBoundary(TrainingState state) {
        if (state.step() == 0) {
          before = FilterBank.first(context.configuration(), state.parameters());
        } else if (state.epoch() == context.spec().training().epochs()) {
          after = FilterBank.first(context.configuration(), state.parameters());
        }
      }

      @Override
      public boolean settle() {
        return false;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof EpochCompleted completed) {
      training = accuracy(completed, Split.TRAIN);
      validation = accuracy(completed, Split.VALIDATION);
    }
  }

  private static double accuracy(EpochCompleted completed, Split split) {
    long correct = 0;
    long examples = 0;
    for (Evaluation evaluation : completed.evaluations()) {
      if (evaluation.split() == split) {
        correct += evaluation.correct();
        examples += evaluation.examples();
      }
    }
    return (double) correct / examples;
  }

  Condition condition() {
    return condition;
  }

  long seed() {
    return seed;
  }

  /** Of the untrained network. */
  FilterBank before() {
    return there(before);
  }

  FilterBank after() {
    return there(after);
  }

  private static FilterBank there(@Nullable FilterBank bank) {
    if (bank == null) {
      throw new IllegalStateException("the run has not ended");
    }
    return bank;
  }

  /** On the training examples as given, after the last epoch. */
  double training() {
    return training;
  }

  double validation() {
    return validation;
  }
}
