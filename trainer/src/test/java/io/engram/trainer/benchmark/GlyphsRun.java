package io.engram.trainer.benchmark;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import java.util.List;

/** A run without end, of 50 steps an epoch, with what it is trained on. */
record GlyphsRun(RunSpec spec, RunData data) {
  static GlyphsRun load() throws Exception {
    RunSpec spec =
        RunFiles.parse(
            "glyphs",
            """
            data: {name: glyphs, training: 5000, validation: 500}
            network: mlp:784-512-512-10
            training: {epochs: 100000, batch: 100}
            """,
            List.of());
    return new GlyphsRun(
        spec,
        Datasets.load(
            spec.data(),
            spec.noise(),
            1,
            DataLocations.of(null, System.getenv()),
            DownloadProgress.NONE));
  }

  /** Goes on for some epochs. */
  static void train(TrainingLoop loop, int epochs) {
    int end = loop.epoch() + epochs;
    while (loop.epoch() < end) {
      loop.advance();
    }
  }
}
