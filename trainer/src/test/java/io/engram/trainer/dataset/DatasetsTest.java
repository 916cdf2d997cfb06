package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {
  @TempDir Path root;

  @Test
  void listsThemAllWithWhereTheyAre() throws IOException {
    Path data = Files.createDirectory(root.resolve("data"));
    Files.createFile(data.resolve("test_batch.bin"));
    Path cache = root.resolve("cache");

    List<DatasetDescription> all = Datasets.all(new DataLocations(List.of(data), cache));

    assertThat(all)
        .containsExactly(
            new DatasetDescription(
                "glyphs", 10_000, "2,000, drawn alike", new ImageShape(28, 28, 1), 10, "generated"),
            new DatasetDescription(
                "mnist",
                50_000,
                "10,000, the last of the training files",
                new ImageShape(28, 28, 1),
                10,
                "would be downloaded to %s (9.9 MB)".formatted(cache.resolve("mnist"))),
            new DatasetDescription(
                "fashion-mnist",
                60_000,
                "10,000, the test files",
                new ImageShape(28, 28, 1),
                10,
                "would be downloaded to %s (30.9 MB)".formatted(cache.resolve("fashion-mnist"))),
            new DatasetDescription(
                "cifar-10",
                50_000,
                "10,000, the test batch",
                new ImageShape(32, 32, 3),
                10,
                "found in %s, without data_batch_1.bin, data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin"
                    .formatted(data)));
  }

  @Test
  void namesTheDataSetsThereAre() {
    assertThatThrownBy(
            () ->
                Datasets.load(
                    DataSpec.of("minst"),
                    NoiseSpec.NONE,
                    1,
                    new DataLocations(List.of(), root),
                    DownloadProgress.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "data.name: 'minst' is not a data set, must be one of glyphs, mnist, fashion-mnist,"
                + " cifar-10");
  }

  @Test
  void everyRemoteFileHasMirrorsOverHttpsAndAChecksum() {
    assertThat(Mirrors.MNIST).hasSize(2);
    assertThat(Mirrors.FASHION_MNIST).hasSize(4);
    for (List<RemoteFile> files :
        List.of(Mirrors.MNIST, Mirrors.FASHION_MNIST, List.of(Mirrors.CIFAR_10))) {
      for (RemoteFile file : files) {
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
        assertThat(file.bytes()).isPositive();
        assertThat(file.mirrors())
            .hasSize(2)
            .allMatch(mirror -> mirror.getScheme().equals("https"))
            .allMatch(mirror -> mirror.getPath().endsWith("/" + file.name()));
      }
    }
  }

  @Test
  void looksInTheFolderGivenThenInTheEnvironmentsThenInTheCache() throws IOException {
    Path given = Files.createDirectory(root.resolve("given"));
    Map<String, String> environment =
        Map.of("ENGRAM_DATA", "/some/data", "XDG_CACHE_HOME", "/some/cache");

    assertThat(DataLocations.of(given, environment))
        .isEqualTo(
            new DataLocations(
                List.of(given, Path.of("/some/data")), Path.of("/some/cache/engram")));
    assertThat(DataLocations.of(null, Map.of()))
        .isEqualTo(
            new DataLocations(
                List.of(), Path.of(System.getProperty("user.home"), ".cache", "engram")));
  }

  @Test
  void namesAFolderThatIsNotThere() {
    assertThatThrownBy(() -> DataLocations.of(root.resolve("none"), Map.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessage("--data-dir %s: there is no such folder", root.resolve("none"));
  }
}
