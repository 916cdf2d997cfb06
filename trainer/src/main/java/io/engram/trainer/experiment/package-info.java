/**
 * The papers' experiments: grids of runs, each answered by tables, figures and claims with their
 * verdicts. Everything is measured where it falls due, nothing is skipped.
 */
@NullMarked
package io.engram.trainer.experiment;

import org.jspecify.annotations.NullMarked;
