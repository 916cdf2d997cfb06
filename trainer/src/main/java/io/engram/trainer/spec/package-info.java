/**
 * What a run is asked to be: run files bound strictly to records that cannot hold an impossible
 * value. Knows nothing of data, networks or training.
 */
@NullMarked
package io.engram.trainer.spec;

import org.jspecify.annotations.NullMarked;
