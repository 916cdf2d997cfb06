/** Easy and hard examples (Arpit et al. 2017, §3.1). */
@NullMarked
package io.engram.trainer.experiment.easyhard;

import org.jspecify.annotations.NullMarked;
