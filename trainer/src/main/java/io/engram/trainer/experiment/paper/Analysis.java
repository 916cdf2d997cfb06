package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Report;

/** Answers claims by the runs of a grid, those that have ended. */
interface Analysis {
  Report report(Records records);
}
