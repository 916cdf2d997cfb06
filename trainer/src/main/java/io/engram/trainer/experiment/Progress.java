package io.engram.trainer.experiment;

/** Hears how an experiment goes on. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void at(String what, long done, long total) {}

        @Override
        public void say(String line) {}
      };

  /**
   * @param what is being done
   * @param done parts of the whole experiment that are done
   * @param total parts of the whole experiment, of about equal length
   */
  void at(String what, long done, long total);

  /** Something worth a line. */
  void say(String line);
}
