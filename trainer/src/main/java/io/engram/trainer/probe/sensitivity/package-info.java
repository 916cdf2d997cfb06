/** How much each training example has moved the loss: exact, by reverse mode through training. */
@NullMarked
package io.engram.trainer.probe.sensitivity;

import org.jspecify.annotations.NullMarked;
