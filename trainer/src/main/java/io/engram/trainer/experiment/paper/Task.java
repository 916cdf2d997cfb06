package io.engram.trainer.experiment.paper;

/** Something that is run as one piece and kept when it is done. */
interface Task {
  /** Its study. */
  PlannedStudy study();

  /** Which repetition. */
  int seed();

  /** No other of its folder has it. */
  String name();

  /** Whether it is done and kept. */
  boolean isDone();

  /** A run of a grid. */
  record Training(PlannedStudy study, Cell cell, CellStore store) implements Task {
    @Override
    public int seed() {
      return cell.seed();
    }

    @Override
    public String name() {
      return cell.spec().run().value();
    }

    @Override
    public boolean isDone() {
      return store.has(cell);
    }

    @Override
    public String toString() {
      return cell.toString();
    }
  }

  /** An experiment that makes its own runs. */
  record Whole(PlannedStudy study, ReportStore store) implements Task {
    @Override
    public int seed() {
      return 1;
    }

    @Override
    public String name() {
      return study.name();
    }

    @Override
    public boolean isDone() {
      return store.read(study).isPresent();
    }

    @Override
    public String toString() {
      return study.name();
    }
  }
}
