/** The first layer's filters (Arpit et al. 2017, Fig. 2). */
@NullMarked
package io.engram.trainer.experiment.filters;

import org.jspecify.annotations.NullMarked;
