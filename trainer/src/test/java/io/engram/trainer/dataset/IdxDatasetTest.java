package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxDatasetTest {
  private static final byte[] PIXELS = TestFiles.pattern(60 * 4 * 4, 1);
  private static final byte[] TEST_PIXELS = TestFiles.pattern(20 * 4 * 4, 2);
  private static final Downloader OFFLINE = new Downloader(Duration.ofSeconds(1));

  @TempDir Path root;
  private Path data;
  private DataLocations locations;
  private final NamedDataset mnist = dataset("mnist", false);
  private final NamedDataset fashion = dataset("fashion-mnist", true);

  private static NamedDataset dataset(String name, boolean test) {
    List<String> files =
        List.of(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz");
    return new IdxDataset(
        name,
        files.stream()
            .limit(test ? 4 : 2)
            .map(file -> new RemoteFile(file, 1_000_000, "", List.of()))
            .toList(),
        OFFLINE);
  }

  @BeforeEach
  void folders() throws IOException {
    data = Files.createDirectory(root.resolve("data"));
    locations = new DataLocations(List.of(data), root.resolve("cache"));
  }

  private static void write(Path folder, boolean test) throws IOException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve("train-images-idx3-ubyte.gz"),
        TestFiles.gzip(TestFiles.idx(PIXELS, 60, 4, 4)));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), TestFiles.idx(TestFiles.labels(60), 60));
    if (test) {
      Files.write(folder.resolve("t10k-images-idx3-ubyte"), TestFiles.idx(TEST_PIXELS, 20, 4, 4));
      Files.write(
          folder.resolve("t10k-labels-idx1-ubyte"), TestFiles.idx(TestFiles.labels(20), 20));
    }
  }

  @Test
  void keepsTheLastSixthOfTheTrainingFileApartWhereThereIsNoTestFile() throws IOException {
    write(data.resolve("mnist"), false);

    Source source = mnist.read(locations, DownloadProgress.NONE);

    assertThat(source.training().ids()).isEqualTo(IntStream.range(0, 50).toArray());
    assertThat(source.validation().ids()).isEqualTo(IntStream.range(50, 60).toArray());
    assertThat(source.training().pixels()).isEqualTo(Arrays.copyOf(PIXELS, 50 * 16));
    assertThat(source.validation().pixels()).isEqualTo(Arrays.copyOfRange(PIXELS, 800, 960));
    assertThat(source.validation().labels()).isEqualTo(TestFiles.labels(10));
    assertThat(source.origin())
        .isEqualTo("mnist: 50 training and 10 validation examples from " + data.resolve("mnist"));
  }

  @Test
  void validatesOnTheTestFilesWhereTheyBelongToTheDataSet() throws IOException {
    write(data.resolve("fashion-mnist"), true);

    Source source = fashion.read(locations, DownloadProgress.NONE);

    assertThat(source.training().ids()).isEqualTo(IntStream.range(0, 60).toArray());
    assertThat(source.validation().ids()).isEqualTo(IntStream.range(60, 80).toArray());
    assertThat(source.validation().pixels()).isEqualTo(TEST_PIXELS);
  }

  @Test
  void findsFilesInTheFolderItself() throws IOException {
    write(data, false);

    assertThat(mnist.read(locations, DownloadProgress.NONE).training().size()).isEqualTo(50);
    assertThat(mnist.describe(locations).where()).isEqualTo("found in " + data);
  }

  @Test
  void prefersEarlierFoldersAndLooksIntoTheCacheLast() throws IOException {
    write(root.resolve("cache/mnist"), false);
    assertThat(mnist.describe(locations).where())
        .isEqualTo("found in " + root.resolve("cache/mnist"));
    assertThat(mnist.read(locations, DownloadProgress.NONE).training().size()).isEqualTo(50);

    write(data.resolve("mnist"), false);
    assertThat(mnist.describe(locations).where()).isEqualTo("found in " + data.resolve("mnist"));
  }

  @Test
  void saysWhatADownloadWouldBe() {
    assertThat(fashion.describe(locations).where())
        .isEqualTo("would be downloaded to %s (4.0 MB)", root.resolve("cache/fashion-mnist"));
  }

  @Test
  void namesAFileThatIsMissingBesideOthers() throws IOException {
    write(data.resolve("fashion-mnist"), false);

    assertThatThrownBy(() -> fashion.read(locations, DownloadProgress.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s: t10k-images-idx3-ubyte.gz is missing, must be there beside the other files of"
                + " fashion-mnist",
            data.resolve("fashion-mnist"));
    assertThat(fashion.describe(locations).where())
        .isEqualTo(
            "incomplete in %s, without t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz",
            data.resolve("fashion-mnist"));
  }

  @Test
  void namesEveryPlaceWhereAMissingDataSetWasLookedFor() {
    assertThatThrownBy(() -> mnist.read(locations, DownloadProgress.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(
            "mnist was not found in %s, %s, %s, and train-images-idx3-ubyte.gz could not be"
                + " downloaded",
            data.resolve("mnist"), data, root.resolve("cache/mnist"));
  }

  @Test
  void namesACountOfLabelsThatDiffersFromThatOfImages() throws IOException {
    write(data, false);
    Path labels = data.resolve("train-labels-idx1-ubyte");
    Files.write(labels, TestFiles.idx(TestFiles.labels(59), 59));

    assertComplaint(
        mnist,
        "%s: has 59 labels, must have one for each of the 60 images of %s"
            .formatted(labels, data.resolve("train-images-idx3-ubyte.gz")));
  }

  @Test
  void namesALabelOutOfRange() throws IOException {
    write(data, false);
    Path labels = data.resolve("train-labels-idx1-ubyte");
    byte[] values = TestFiles.labels(60);
    values[41] = (byte) 200;
    Files.write(labels, TestFiles.idx(values, 60));

    assertComplaint(mnist, labels + ": label 41 is 200, must be 0 to 9");
  }

  @Test
  void namesImagesOfAnotherSize() throws IOException {
    write(data, true);
    Path images = data.resolve("t10k-images-idx3-ubyte");
    Files.write(images, TestFiles.idx(TEST_PIXELS, 20, 8, 2));

    assertComplaint(
        fashion,
        "%s: has images of another size than %s, must be the same"
            .formatted(images, data.resolve("train-images-idx3-ubyte.gz")));
  }

  @Test
  void tellsMnistAndFashionMnistApart() throws IOException {
    write(data, true);
    Path labels = data.resolve("train-labels-idx1-ubyte");
    byte[] values = TestFiles.labels(60);
    System.arraycopy(new byte[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4}, 0, values, 0, 10);
    Files.write(labels, TestFiles.idx(values, 60));

    assertThat(mnist.read(locations, DownloadProgress.NONE).training().size()).isEqualTo(50);
    assertComplaint(fashion, labels + ": holds mnist, must hold fashion-mnist");
  }

  private void assertComplaint(NamedDataset dataset, String message) {
    assertThatThrownBy(() -> dataset.read(locations, DownloadProgress.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message);
  }
}
