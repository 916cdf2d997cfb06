package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxReaderTest {
  private static final byte[] PIXELS = TestFiles.pattern(3 * 4 * 5, 1);
  private static final byte[] IMAGES = TestFiles.idx(PIXELS, 3, 4, 5);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("images");
  }

  @Test
  void readsPlainFiles() throws IOException {
    Files.write(file, IMAGES);

    IdxReader.Idx images = IdxReader.images(file);

    assertThat(images.dimensions()).containsExactly(3, 4, 5);
    assertThat(images.values()).isEqualTo(PIXELS);
  }

  @Test
  void readsCompressedFilesWhateverTheirName() throws IOException {
    Files.write(file, TestFiles.gzip(TestFiles.idx(new byte[] {7, 1}, 2)));

    IdxReader.Idx labels = IdxReader.labels(file);

    assertThat(labels.dimensions()).containsExactly(2);
    assertThat(labels.values()).containsExactly(7, 1);
  }

  @Test
  void namesAMissingFile() {
    assertComplaint("there is no such file");
  }

  @Test
  void namesAWrongMagicNumber() throws IOException {
    Files.write(file, TestFiles.idx(new byte[] {7, 1}, 2));

    assertComplaint("starts with 0x00000801, an IDX file of images starts with 0x00000803");
  }

  @Test
  void namesAFileThatIsNoIdxFile() throws IOException {
    Files.writeString(file, "<html>not found</html>");

    assertComplaint("starts with 0x3c68746d, an IDX file of images starts with 0x00000803");
  }

  @Test
  void namesAShortFile() throws IOException {
    Files.write(file, Arrays.copyOf(IMAGES, IMAGES.length - 1));

    assertComplaint("is short, has 59 of the 60 bytes after its header");
  }

  @Test
  void namesAFileShorterThanItsHeader() throws IOException {
    Files.write(file, Arrays.copyOf(IMAGES, 9));

    assertComplaint("ends too early, the file is not whole");
  }

  @Test
  void namesAnEmptyFile() throws IOException {
    Files.write(file, new byte[0]);

    assertComplaint("ends too early, the file is not whole");
  }

  @Test
  void namesTrailingBytes() throws IOException {
    Files.write(file, TestFiles.concat(IMAGES, (byte) 0));

    assertComplaint("goes on after the 60 bytes that its header announces");
  }

  @Test
  void namesACompressedFileThatEndsTooEarly() throws IOException {
    byte[] compressed = TestFiles.gzip(IMAGES);
    Files.write(file, Arrays.copyOf(compressed, compressed.length - 12));

    assertComplaint("ends too early, the file is not whole");
  }

  @Test
  void namesDamagedCompression() throws IOException {
    byte[] compressed = TestFiles.gzip(IMAGES);
    compressed[compressed.length - 8] ^= 1;
    Files.write(file, compressed);

    assertComplaint("is damaged and must be got anew: Corrupt GZIP trailer");
  }

  @Test
  void namesImpossibleDimensions() throws IOException {
    Files.write(file, TestFiles.idx(new byte[0], -1, -1, -1));
    assertComplaint(
        "its header announces a dimension of 4294967295, must give between 1 and 2147483639 values");

    Files.write(file, TestFiles.idx(new byte[0], 0, 28, 28));
    assertComplaint(
        "its header announces a dimension of 0, must give between 1 and 2147483639 values");
  }

  @Test
  void aLargeAnnouncementReservesNoMemory() throws IOException {
    Files.write(file, TestFiles.idx(PIXELS, 2_000_000, 32, 33));

    assertComplaint("is short, has 60 of the 2112000000 bytes after its header");
  }

  private void assertComplaint(String problem) {
    assertThatThrownBy(() -> IdxReader.images(file))
        .isInstanceOf(DatasetException.class)
        .hasMessage(file + ": " + problem);
  }
}
