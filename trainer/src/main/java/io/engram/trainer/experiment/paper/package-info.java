/**
 * Both papers by one command: studies that are declared in YAML, the runs that they take, a store
 * of what these showed, and a report with a verdict for every claim.
 */
@NullMarked
package io.engram.trainer.experiment.paper;

import org.jspecify.annotations.NullMarked;
