/** Measurements between steps: each with its schedule, most on workers of their own. */
@NullMarked
package io.engram.trainer.probe;

import org.jspecify.annotations.NullMarked;
