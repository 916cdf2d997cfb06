package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CifarDatasetTest {
  @TempDir Path root;
  private Path data;
  private DataLocations locations;
  private final NamedDataset cifar =
      new CifarDataset(
          new RemoteFile("cifar-10-binary.tar.gz", 170_000_000, "", List.of()),
          new Downloader(Duration.ofSeconds(1)));

  @BeforeEach
  void folders() throws IOException {
    data = Files.createDirectory(root.resolve("data"));
    locations = new DataLocations(List.of(data), root.resolve("cache"));
  }

  private Source read() {
    return cifar.read(locations, DownloadProgress.NONE);
  }

  @Test
  void readsTheBatchesThatAreThere() throws IOException {
    Path folder = Files.createDirectory(data.resolve("cifar-10-batches-bin"));
    Files.write(folder.resolve("data_batch_4.bin"), TestFiles.cifar(3, 4));
    Files.write(folder.resolve("data_batch_2.bin.gz"), TestFiles.gzip(TestFiles.cifar(2, 2)));
    Files.write(folder.resolve("test_batch.bin"), TestFiles.cifar(4, 6));

    Source source = read();

    assertThat(source.training().ids()).containsExactly(10_000, 10_001, 30_000, 30_001, 30_002);
    assertThat(source.training().labels()).containsExactly(0, 1, 0, 1, 2);
    assertThat(source.validation().ids()).containsExactly(50_000, 50_001, 50_002, 50_003);
    assertThat(image(source.training(), 0)).isEqualTo(record(TestFiles.cifar(2, 2), 0));
    assertThat(image(source.training(), 4)).isEqualTo(record(TestFiles.cifar(3, 4), 2));
    assertThat(image(source.validation(), 3)).isEqualTo(record(TestFiles.cifar(4, 6), 3));
    assertThat(source.origin())
        .isEqualTo(
            "cifar-10: 5 training examples of 2 of 5 batches and 4 validation examples from "
                + folder);
    assertThat(cifar.describe(locations).where())
        .isEqualTo(
            "found in %s, without data_batch_1.bin, data_batch_3.bin, data_batch_5.bin", folder);
  }

  private static byte[] image(RawSet set, int row) {
    return Arrays.copyOfRange(set.pixels(), row * 3072, (row + 1) * 3072);
  }

  private static byte[] record(byte[] records, int row) {
    return Arrays.copyOfRange(records, row * 3073 + 1, (row + 1) * 3073);
  }

  @Test
  void readsTheOfficialArchive() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/", new byte[0]);
    files.put("cifar-10-batches-bin/test_batch.bin", TestFiles.cifar(1, 6));
    files.put("cifar-10-batches-bin/readme.html", TestFiles.pattern(700, 9));
    files.put("cifar-10-batches-bin/data_batch_3.bin", TestFiles.cifar(2, 3));
    files.put("cifar-10-batches-bin/data_batch_1.bin", TestFiles.cifar(1, 1));
    Files.write(data.resolve("cifar-10-binary.tar.gz"), TestFiles.gzip(TestFiles.tar(files)));

    Source source = read();

    assertThat(source.training().ids()).containsExactly(0, 20_000, 20_001);
    assertThat(image(source.training(), 2)).isEqualTo(record(TestFiles.cifar(2, 3), 1));
    assertThat(source.validation().ids()).containsExactly(50_000);
    assertThat(image(source.validation(), 0)).isEqualTo(record(TestFiles.cifar(1, 6), 0));
  }

  @Test
  void namesAnArchiveThatEndsTooEarly() throws IOException {
    byte[] tar =
        TestFiles.tar(Map.of("cifar-10-batches-bin/data_batch_1.bin", TestFiles.cifar(1, 1)));
    Path file = data.resolve("cifar-10-binary.tar.gz");
    for (int length : new int[] {300, 2_000}) {
      Files.write(file, TestFiles.gzip(Arrays.copyOf(tar, length)));

      assertComplaint(file + ": ends too early, the file is not whole");
    }
  }

  @Test
  void namesAnArchiveThatIsNone() throws IOException {
    Path file = data.resolve("cifar-10-binary.tar.gz");
    Files.write(file, TestFiles.gzip("x".repeat(2_000).getBytes(StandardCharsets.US_ASCII)));

    assertComplaint(
        file
            + ": is damaged and must be got anew: 'xxxxxxxxxxxx' is no file length of a tar"
            + " archive");
  }

  @Test
  void namesAnArchiveWithoutBatches() throws IOException {
    Path file = data.resolve("cifar-10-binary.tar.gz");
    Files.write(file, TestFiles.gzip(TestFiles.tar(Map.of("readme", new byte[5]))));

    assertComplaint(
        file + ": test_batch.bin is missing, must be there beside the training batches");
  }

  @Test
  void namesAFolderWithoutATrainingBatch() throws IOException {
    Files.write(data.resolve("test_batch.bin"), TestFiles.cifar(4, 6));

    assertComplaint(
        data
            + ": has no training batch, must have at least one of data_batch_1.bin to"
            + " data_batch_5.bin");
  }

  @Test
  void namesABatchThatIsNoWholeNumberOfRecords() throws IOException {
    Path file = data.resolve("data_batch_1.bin");
    for (int length : new int[] {0, 3072, 3074, 10_001 * 3073}) {
      Files.write(file, new byte[length]);

      assertComplaint(
          "%s: has %d bytes, must have 1 to 10000 records of 3073 bytes".formatted(file, length));
    }
  }

  @Test
  void namesALabelOutOfRange() throws IOException {
    byte[] records = TestFiles.cifar(3, 1);
    records[2 * 3073] = 10;
    Path file = data.resolve("data_batch_1.bin");
    Files.write(file, records);

    assertComplaint(file + ": label 2 is 10, must be 0 to 9");
  }

  private void assertComplaint(String message) {
    assertThatThrownBy(this::read).isInstanceOf(DatasetException.class).hasMessage(message);
  }
}
