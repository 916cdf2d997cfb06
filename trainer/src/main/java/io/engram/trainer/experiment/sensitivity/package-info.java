/** Loss-sensitivity (Arpit et al. 2017, §3.2). */
@NullMarked
package io.engram.trainer.experiment.sensitivity;

import org.jspecify.annotations.NullMarked;
