/** s-validation (Chaibub Neto 2018): networks compared by the centre of the permutation null. */
@NullMarked
package io.engram.trainer.experiment.svalidation;

import org.jspecify.annotations.NullMarked;
