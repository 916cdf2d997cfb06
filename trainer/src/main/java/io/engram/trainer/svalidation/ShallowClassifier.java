package io.engram.trainer.svalidation;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A classifier that is fitted again and again to the same features and other labels. What it draws
 * at random is fixed by a number, omega, alone: fits that share it differ in nothing but their
 * labels, which makes a permutation test conditional on omega exact.
 */
public interface ShallowClassifier {
  /**
   * Kind, version and settings. Scores of different ids are different statistics and must not be
   * compared.
   */
  String id();

  /**
   * Does what does not depend on labels, once for a checkpoint.
   *
   * @param train features of the training examples
   * @param sets features of their perturbed copies, row by row the same examples
   * @param classes labels are 0 to classes - 1
   * @throws SValidationException if sizes do not fit, or there are too many
   */
  Prepared prepare(Features train, List<Features> sets, int classes);

  /** A classifier with its features. Not thread-safe. */
  interface Prepared {
    /** Id of the classifier. */
    String id();

    /** Number of training examples, and of examples of each set. */
    int rows();

    /** Number of sets. */
    int sets();

    /** Number of classes. */
    int classes();

    /**
     * Fits to these labels and predicts each set. The result does not depend on the workers.
     *
     * @param labels class of each training example
     * @param omega fixes all random draws of the fit
     * @param cancelled asked between parts of the work
     * @return correct predictions of each set, against the same labels
     * @throws SValidationException if there are fewer than two classes among the labels
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    int[] score(int[] labels, long omega, Workers workers, BooleanSupplier cancelled);

    /**
     * Fits to these labels, the same fit as that of {@link #score}, and predicts other examples.
     *
     * @param labels class of each training example
     * @param others features of any number of other examples
     * @param otherLabels class of each of them
     * @param omega fixes all random draws of the fit
     * @param cancelled asked between parts of the work
     * @return correct predictions among the other examples
     * @throws SValidationException if sizes do not fit, or there are fewer than two classes among
     *     the labels
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    int scoreOthers(
        int[] labels,
        Features others,
        int[] otherLabels,
        long omega,
        Workers workers,
        BooleanSupplier cancelled);
  }
}
