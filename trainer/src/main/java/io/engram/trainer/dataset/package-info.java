/**
 * Examples with stable ids: readers, generated data, subsets, and noise that remembers what it
 * changed.
 */
@NullMarked
package io.engram.trainer.dataset;

import org.jspecify.annotations.NullMarked;
