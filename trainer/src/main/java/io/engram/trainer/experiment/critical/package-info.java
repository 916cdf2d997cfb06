/** Critical samples (Arpit et al. 2017, §4.2). */
@NullMarked
package io.engram.trainer.experiment.critical;

import org.jspecify.annotations.NullMarked;
