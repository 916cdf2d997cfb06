package io.engram.collector.onset;

/** Hears what the detectors of a run say, as they say it. */
public interface OnsetListener {
  /** Hears nothing. */
  OnsetListener NONE =
      new OnsetListener() {
        @Override
        public void said(String detector, Reading reading) {}

        @Override
        public void wentBack(long step) {}
      };

  /** A detector has said something: after everything that concerns it. */
  void said(String detector, Reading reading);

  /** The run went back: what was said of this step and later ones is undone. */
  void wentBack(long step);
}
