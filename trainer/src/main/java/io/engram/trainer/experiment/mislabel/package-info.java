/** Wrong labels, ranked by their own training steps. */
@NullMarked
package io.engram.trainer.experiment.mislabel;

import org.jspecify.annotations.NullMarked;
