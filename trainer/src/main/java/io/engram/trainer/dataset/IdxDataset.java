package io.engram.trainer.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * MNIST or Fashion-MNIST. The id of an example is its row in the training file, and for those of
 * the test file its row there plus the size of the training file.
 *
 * <p>Where only the training files are named, their last sixth is kept apart for validation (MNIST:
 * 50,000 and 10,000, the split usual in the papers, which leaves the test files untouched).
 * Otherwise the test files are the validation examples.
 */
final class IdxDataset implements NamedDataset {
  private static final int CLASSES = 10;
  private static final Map<String, String> FIRST_LABELS =
      Map.of(
          "mnist",
          "[5, 0, 4, 1, 9, 2, 1, 3, 1, 4]",
          "fashion-mnist",
          "[9, 0, 0, 3, 0, 2, 7, 2, 5, 5]");

  private final String name;
  private final List<RemoteFile> files;
  private final Downloader downloader;

  /**
   * @param files training images, training labels, and perhaps test images and test labels
   */
  IdxDataset(String name, List<RemoteFile> files, Downloader downloader) {
    this.name = name;
    this.files = List.copyOf(files);
    this.downloader = downloader;
  }

  @Override
  public String name() {
    return name;
  }

  private boolean hasTestFiles() {
    return files.size() == 4;
  }

  @Override
  public DatasetDescription describe(DataLocations locations) {
    return new DatasetDescription(
        name,
        hasTestFiles() ? 60_000 : 50_000,
        hasTestFiles() ? "10,000, the test files" : "10,000, the last of the training files",
        new ImageShape(28, 28, 1),
        CLASSES,
        LocalFiles.search(locations, name, name, files).describe());
  }

  @Override
  public Source read(DataLocations locations, DownloadProgress progress) {
    LocalFiles local = LocalFiles.search(locations, name, name, files);
    List<Path> paths = local.complete(downloader, progress);
    RawSet training = read(paths.get(0), paths.get(1), 0);
    checkName(training, paths.get(1));
    RawSet validation;
    if (hasTestFiles()) {
      validation = read(paths.get(2), paths.get(3), training.size());
      if (!validation.shape().equals(training.shape())) {
        throw new DatasetException(
            "%s: has images of another size than %s, must be the same"
                .formatted(paths.get(2), paths.get(0)));
      }
    } else {
      RawSet all = training;
      int kept = all.size() - all.size() / 6;
      training = all.select(range(0, kept));
      validation = all.select(range(kept, all.size()));
    }
    return new Source(
        name,
        CLASSES,
        training,
        validation,
        "%s: %d training and %d validation examples from %s"
            .formatted(name, training.size(), validation.size(), local.folder()));
  }

  private static RawSet read(Path images, Path labels, int firstId) {
    IdxReader.Idx pictures = IdxReader.images(images);
    IdxReader.Idx classes = IdxReader.labels(labels);
    int[] extent = pictures.dimensions();
    int count = extent[0];
    if (classes.values().length != count) {
      throw new DatasetException(
          "%s: has %d labels, must have one for each of the %d images of %s"
              .formatted(labels, classes.values().length, count, images));
    }
    for (int i = 0; i < count; i++) {
      int label = classes.values()[i] & 0xff;
      if (label >= CLASSES) {
        throw new DatasetException(
            "%s: label %d is %d, must be 0 to %d".formatted(labels, i, label, CLASSES - 1));
      }
    }
    ImageShape shape = new ImageShape(extent[1], extent[2], 1);
    return new RawSet(shape, range(firstId, firstId + count), classes.values(), pictures.values());
  }

  /** The two data sets have the same file names, and each is known by its first labels. */
  private void checkName(RawSet training, Path labels) {
    String first = Arrays.toString(Arrays.copyOf(training.labels(), 10));
    FIRST_LABELS.forEach(
        (other, labelsOfOther) -> {
          if (first.equals(labelsOfOther) && !other.equals(name)) {
            throw new DatasetException("%s: holds %s, must hold %s".formatted(labels, other, name));
          }
        });
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
