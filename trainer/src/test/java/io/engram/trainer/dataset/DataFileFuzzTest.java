package io.engram.trainer.dataset;

import io.engram.events.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of data sets: read, or refused with the file and what it must have. */
final class DataFileFuzzTest {
  private static final byte[] IMAGES = TestFiles.idx(TestFiles.pattern(60, 1), 3, 4, 5);
  private static final byte[] LABELS = TestFiles.idx(TestFiles.labels(9), 9);

  @TempDir Path folder;

  @Test
  void idx() throws Exception {
    Path file = folder.resolve("file");
    Fuzz.of("IDX images", DatasetException.class)
        .run(
            2_000,
            List.of(IMAGES, TestFiles.gzip(IMAGES)),
            input -> IdxReader.images(Files.write(file, input)));
    Fuzz.of("IDX labels", DatasetException.class)
        .run(
            2_000,
            List.of(LABELS, TestFiles.gzip(LABELS)),
            input -> IdxReader.labels(Files.write(file, input)));
  }

  @Test
  void cifar() throws Exception {
    Fuzz.of("CIFAR batches", DatasetException.class)
        .run(
            10_000,
            List.of(TestFiles.cifar(1, 1), TestFiles.cifar(3, 2)),
            input -> {
              CifarReader.read("batch", input, 0);
              CifarReader.read("batch", Arrays.copyOf(input, input.length / 3073 * 3073), 0);
            });
  }
}
