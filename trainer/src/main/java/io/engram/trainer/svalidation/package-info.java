/**
 * s-validation (Chaibub Neto 2018): perturbed copies of the training set, a shallow classifier on
 * the last hidden layer's features, its permutation null, and the verdict.
 */
@NullMarked
package io.engram.trainer.svalidation;

import org.jspecify.annotations.NullMarked;
