package io.engram.trainer.dataset;

/** {@link Glyphs} as a data set: ids 0 to 9,999 to train on, 10,000 to 11,999 kept apart. */
final class GlyphDataset implements NamedDataset {
  @Override
  public String name() {
    return "glyphs";
  }

  @Override
  public DatasetDescription describe(DataLocations locations) {
    return new DatasetDescription(
        name(),
        Glyphs.TRAINING,
        "2,000, drawn alike",
        Glyphs.SHAPE,
        GlyphShapes.CLASSES,
        "generated");
  }

  @Override
  public Source read(DataLocations locations, DownloadProgress progress) {
    return Drawn.SOURCE;
  }

  /** Drawn on first use, once for all runs of the process. */
  private static final class Drawn {
    static final Source SOURCE =
        new Source(
            "glyphs",
            GlyphShapes.CLASSES,
            Glyphs.generate(0, Glyphs.TRAINING),
            Glyphs.generate(Glyphs.TRAINING, Glyphs.VALIDATION),
            "glyphs: generated");
  }
}
