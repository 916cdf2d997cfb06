package io.engram.trainer.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which examples a run trains on and is evaluated against.
 *
 * @param name a data set that {@code engram datasets} lists
 * @param classes keep only these classes of the data set, renumbered 0, 1, … in the order given;
 *     null for all
 * @param training number of training examples, drawn by the seed; null for all
 * @param validation number of validation examples, drawn by the seed; null for all
 * @param holdout number of examples that could be trained on and are not, prepared like the
 *     training examples, noise included. Where {@code training} says how many to train on, they are
 *     drawn from the others, and the draw of the training examples does not depend on them; where
 *     it does not, training gets what they leave
 * @param pool edge of the square of pixels that mean pooling joins into one: 1 or 2
 * @param standardize subtract the training mean and divide by the training standard deviation;
 *     otherwise pixels stay in 0 to 1
 * @param uniqueClasses give every training example a class of its own (Arpit et al. 2017, §3.2)
 */
public record DataSpec(
    @JsonProperty(required = true) String name,
    @Nullable List<Integer> classes,
    @Nullable Integer training,
    @Nullable Integer validation,
    int holdout,
    int pool,
    boolean standardize,
    boolean uniqueClasses) {

  public DataSpec {
    if (classes != null) {
      classes = List.copyOf(classes);
      if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size()) {
        throw new InvalidSettingException(
            "classes", "is %s, must name at least two different classes".formatted(classes));
      }
    }
    if (training != null) {
      Settings.atLeast("training", training, 1);
    }
    if (validation != null) {
      Settings.atLeast("validation", validation, 1);
    }
    Settings.atLeast("holdout", holdout, 0);
    if (pool != 1 && pool != 2) {
      throw new InvalidSettingException("pool", "is %d, must be 1 or 2".formatted(pool));
    }
  }

  /** The whole data set of that name, standardized. */
  public static DataSpec of(String name) {
    return new DataSpec(name, null, null, null, 0, 1, true, false);
  }
}
