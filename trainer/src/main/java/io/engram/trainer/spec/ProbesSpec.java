package io.engram.trainer.spec;

import java.util.HashSet;
import java.util.List;

/**
 * The probes of a run, each with its schedule; {@code every: never} turns one off.
 *
 * @param csr search for critical samples
 * @param predictions what the network says of a fixed set of examples
 * @param spectrum eigenvalues of the last layer's per-example gradients
 * @param unrolled loss-sensitivity through all updates
 * @param truncated loss-sensitivity through the last updates
 * @param svalidation s-validation of the last hidden layer's features
 */
public record ProbesSpec(
    Csr csr,
    Predictions predictions,
    Spectrum spectrum,
    Unrolled unrolled,
    Truncated truncated,
    SValidation svalidation) {
  /** No probe is ever due. */
  public static final ProbesSpec NONE =
      new ProbesSpec(
          new Csr(Schedule.NEVER, 1, 0, 0, List.of(1.0), 1),
          new Predictions(Schedule.NEVER, 0, 0),
          new Spectrum(Schedule.NEVER, 2),
          new Unrolled(Schedule.NEVER, 2, false),
          new Truncated(Schedule.NEVER, 2, 1),
          new SValidation(
              Schedule.NEVER, 2, 0, List.of(1.0), false, List.of(), Profile.FAST, false));

  /** How much work an s-validation score is. */
  public enum Profile {
    /** 500 trees, 100 permutations, as the paper. */
    PAPER,
    /** 100 trees, 20 to 100 permutations. */
    FAST,
    /** Trees that see no labels: the null's centre only, and no verdict. */
    SKETCH
  }

  public ProbesSpec {
    Settings.present("csr", csr);
    Settings.present("predictions", predictions);
    Settings.present("spectrum", spectrum);
    Settings.present("unrolled", unrolled);
    Settings.present("truncated", truncated);
    Settings.present("svalidation", svalidation);
  }

  /**
   * @param every when
   * @param examples validation examples, at least 1; all there are where there are fewer
   * @param trainingExamples training examples, 0 for none
   * @param noiseInputs inputs that are noise, 0 for none
   * @param radii multiples of 0.3 on the scale of pixels 0 to 255, each greater than 0
   * @param iterations steps of the search, at least 1
   */
  public record Csr(
      Schedule every,
      int examples,
      int trainingExamples,
      int noiseInputs,
      List<Double> radii,
      int iterations) {
    public Csr {
      Settings.atLeast("examples", examples, 1);
      Settings.atLeast("training_examples", trainingExamples, 0);
      Settings.atLeast("noise_inputs", noiseInputs, 0);
      Settings.present("radii", radii);
      for (int i = 0; i < radii.size(); i++) {
        String field = "radii[%d]".formatted(i);
        Settings.present(field, radii.get(i));
        Settings.positive(field, radii.get(i));
      }
      if (radii.isEmpty() || new HashSet<>(radii).size() < radii.size()) {
        throw new InvalidSettingException(
            "radii", "is %s, must name at least one radius and each once".formatted(radii));
      }
      radii = List.copyOf(radii);
      Settings.atLeast("iterations", iterations, 1);
    }
  }

  /**
   * @param every when
   * @param examples training examples, all there are where there are fewer; 0 for none
   * @param holdout hold-out examples, all there are where there are fewer; 0 for none
   */
  public record Predictions(Schedule every, int examples, int holdout) {
    public Predictions {
      Settings.atLeast("examples", examples, 0);
      Settings.atLeast("holdout", holdout, 0);
    }
  }

  /**
   * @param every when
   * @param examples training examples, at least 2; all there are where there are fewer
   */
  public record Spectrum(Schedule every, int examples) {
    public Spectrum {
      Settings.atLeast("examples", examples, 2);
    }
  }

  /**
   * @param every when
   * @param examples training examples whose mean loss it is and whose inputs it is differentiated
   *     by, at least 2; all there are where there are fewer
   * @param classMatrix whether class by class too
   */
  public record Unrolled(Schedule every, int examples, boolean classMatrix) {
    public Unrolled {
      Settings.atLeast("examples", examples, 2);
    }
  }

  /**
   * @param every when
   * @param examples training examples whose mean loss it is and whose inputs it is differentiated
   *     by, at least 2; all there are where there are fewer
   * @param updates updates to differentiate through, at least 1
   */
  public record Truncated(Schedule every, int examples, int updates) {
    public Truncated {
      Settings.atLeast("examples", examples, 2);
      Settings.atLeast("updates", updates, 1);
    }
  }

  /**
   * At least one perturbation, none twice.
   *
   * @param every when
   * @param examples training examples, at least 2; all there are where there are fewer
   * @param validation validation examples, all there are where there are fewer; 0 for none
   * @param shuffles shares of an image's pixels that are shuffled, each greater than 0, at most 1,
   *     up to 6 decimals
   * @param shared whether a shuffle is the same for all images; otherwise each has its own
   * @param rotations degrees, each greater than 0, less than 180, up to 6 decimals
   * @param profile how much work a score is
   * @param confirm whether what the profile {@code fast} leaves undecided or finds below the null
   *     is scored again as {@code paper}
   */
  public record SValidation(
      Schedule every,
      int examples,
      int validation,
      List<Double> shuffles,
      boolean shared,
      List<Double> rotations,
      Profile profile,
      boolean confirm) {
    private static final double PARTS = 1e6;

    public SValidation {
      Settings.atLeast("examples", examples, 2);
      Settings.atLeast("validation", validation, 0);
      Settings.present("shuffles", shuffles);
      Settings.present("rotations", rotations);
      Settings.present("profile", profile);
      shuffles = each("shuffles", shuffles, 1, true);
      rotations = each("rotations", rotations, 180, false);
      if (shuffles.isEmpty() && rotations.isEmpty()) {
        throw new InvalidSettingException(
            "shuffles", "is empty, and so is rotations; one of them must name a perturbation");
      }
    }

    private static List<Double> each(
        String list, List<Double> values, double most, boolean included) {
      for (int i = 0; i < values.size(); i++) {
        String field = "%s[%d]".formatted(list, i);
        Settings.present(field, values.get(i));
        double value = values.get(i);
        if (!(value > 0 && (value < most || included && value == most))) {
          throw new InvalidSettingException(
              field,
              "is %s, must be greater than 0 and %s %s"
                  .formatted(value, included ? "at most" : "less than", (int) most));
        }
        if (Math.rint(value * PARTS) / PARTS != value) {
          throw new InvalidSettingException(
              field, "is %s, must be a multiple of 0.000001".formatted(value));
        }
        if (values.indexOf(value) < i) {
          throw new InvalidSettingException(
              field, "is %s a second time, must name each once".formatted(value));
        }
      }
      return List.copyOf(values);
    }
  }
}
