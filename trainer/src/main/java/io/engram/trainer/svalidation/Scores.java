package io.engram.trainer.svalidation;

/**
 * What scoring came to.
 *
 * @param result observed and permuted scores of each set
 * @param validationCorrect validation examples that the classifier got right, fitted to the labels
 *     as given; 0 without validation examples
 */
public record Scores(NullResult result, int validationCorrect) {}
