package io.engram.trainer.spec;

/**
 * Adversarial training on critical samples (Arpit et al. 2017, §5 and footnote 7): the loss of an
 * example is (1 - weight) · CE(x, y) + weight · CE(x̂, y), where x̂ is what the Langevin search
 * (LASS, §4.1) finds around x with the parameters before the update: the first input that is
 * predicted otherwise than x, or where none is found the last it came to.
 *
 * @param weight share of the searched input in the loss, 0 (off) to 1
 * @param radius half side of the box that is searched, in 0.3 on the scale of pixels 0 to 255
 * @param iterations steps of a search at most
 */
public record AdversarialSpec(double weight, double radius, int iterations) {
  /** Off. */
  public static final AdversarialSpec NONE = new AdversarialSpec(0, 1, 10);

  public AdversarialSpec {
    Settings.share("weight", weight);
    Settings.positive("radius", radius);
    Settings.atLeast("iterations", iterations, 1);
  }

  /** Whether there is anything to search for. */
  public boolean isOn() {
    return weight > 0;
  }
}
