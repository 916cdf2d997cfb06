package io.engram.events.svalidation;

/**
 * What a permutation null says of features (Chaibub Neto 2018, §4; the rule is in {@link
 * Judgement}).
 */
public enum Verdict {
  /** The null lies above chance, and the observed score above the null. */
  MEMORIZED_AND_LEARNED,
  /** The null lies above chance, the observed score within it. */
  MEMORIZED,
  /** The null lies at chance, the observed score above it. */
  LEARNED,
  /** Both lie at chance. */
  NEITHER,
  /** The null lies above chance, and the observed score below the null. */
  BELOW_NULL,
  /** Another verdict would hold if the observed score or the null moved by its own error. */
  UNDECIDED
}
