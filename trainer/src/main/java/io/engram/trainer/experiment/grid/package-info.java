/** What grids of runs have in common: how a run is put together, known again, and kept. */
@NullMarked
package io.engram.trainer.experiment.grid;

import org.jspecify.annotations.NullMarked;
