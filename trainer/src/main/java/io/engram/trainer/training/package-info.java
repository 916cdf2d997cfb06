/** The one-pass training step, the loop around it, and checkpoints. */
@NullMarked
package io.engram.trainer.training;

import org.jspecify.annotations.NullMarked;
