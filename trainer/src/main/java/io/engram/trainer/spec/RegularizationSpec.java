package io.engram.trainer.spec;

/**
 * Regularizers, all 0 (off) where a run file names none.
 *
 * @param l2 coefficient c of c/2 · ||w||² added to the loss, weights only
 * @param weightDecay coefficient of decoupled weight decay, weights only
 * @param dropout probability of dropping a unit after each hidden dense layer's activation
 * @param inputDropout probability of dropping an input
 * @param inputNoise standard deviation of Gaussian noise added to the (standardized) input
 * @param hiddenNoise standard deviation of Gaussian noise added after each hidden dense layer's
 *     activation
 * @param adversarial training on critical samples
 */
public record RegularizationSpec(
    double l2,
    double weightDecay,
    double dropout,
    double inputDropout,
    double inputNoise,
    double hiddenNoise,
    AdversarialSpec adversarial) {
  private static final String WORDS =
      "RegularizationSpec[l2=%s, weightDecay=%s, dropout=%s, inputDropout=%s, inputNoise=%s,"
          + " hiddenNoise=%s]";

  /** None. */
  public static final RegularizationSpec NONE = new RegularizationSpec(0, 0, 0, 0, 0, 0);

  public RegularizationSpec {
    Settings.notNegative("l2", l2);
    Settings.notNegative("weight_decay", weightDecay);
    Settings.share("dropout", dropout);
    Settings.below("dropout", dropout, 1);
    Settings.share("input_dropout", inputDropout);
    Settings.below("input_dropout", inputDropout, 1);
    Settings.notNegative("input_noise", inputNoise);
    Settings.notNegative("hidden_noise", hiddenNoise);
    if (dropout > 0 && hiddenNoise > 0) {
      throw new InvalidSettingException("hidden_noise", "cannot be combined with dropout");
    }
    if (inputDropout > 0 && inputNoise > 0) {
      throw new InvalidSettingException("input_noise", "cannot be combined with input_dropout");
    }
  }

  /** Without adversarial training. */
  public RegularizationSpec(
      double l2,
      double weightDecay,
      double dropout,
      double inputDropout,
      double inputNoise,
      double hiddenNoise) {
    this(l2, weightDecay, dropout, inputDropout, inputNoise, hiddenNoise, AdversarialSpec.NONE);
  }

  /**
   * Where nothing is adversarial these are the words from before it could be: finished runs and
   * checkpoints are known by them.
   */
  @Override
  public String toString() {
    String words = WORDS.formatted(l2, weightDecay, dropout, inputDropout, inputNoise, hiddenNoise);
    return adversarial.isOn() ? words + adversarial : words;
  }
}
