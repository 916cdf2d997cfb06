/** How well the onset detectors do: a declared grid of runs, their truth, and what was raised. */
@NullMarked
package io.engram.trainer.experiment.onset;

import org.jspecify.annotations.NullMarked;
