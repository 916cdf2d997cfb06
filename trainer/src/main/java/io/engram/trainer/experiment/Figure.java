package io.engram.trainer.experiment;

/** A picture of a report. */
public interface Figure {
  /** Of its file, without an ending. */
  String name();

  /** What it shows, one line. */
  String title();

  /** The picture as an SVG document. */
  String svg();
}
