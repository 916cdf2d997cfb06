package io.engram.trainer.dataset;

import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The data sets that a run file can name. */
public final class Datasets {
  private static final Downloader DOWNLOADER = new Downloader(Duration.ofSeconds(30));
  private static final List<NamedDataset> ALL =
      List.of(
          new GlyphDataset(),
          new IdxDataset("mnist", Mirrors.MNIST, DOWNLOADER),
          new IdxDataset("fashion-mnist", Mirrors.FASHION_MNIST, DOWNLOADER),
          new CifarDataset(Mirrors.CIFAR_10, DOWNLOADER));

  private Datasets() {}

  /** All of them, the generated one first. Looks at the file system, never at the network. */
  public static List<DatasetDescription> all(DataLocations locations) {
    return ALL.stream().map(dataset -> dataset.describe(locations)).toList();
  }

  /**
   * Reads (where need be downloads, or generates) a data set and makes a run's examples of it.
   *
   * @param seed fixes the draw of parts, the noise and the canaries' labels; the same for runs that
   *     shall train on the same examples
   * @throws InvalidSettingException if the data set cannot be as asked for
   * @throws DatasetException if its files are damaged or cannot be had
   */
  public static RunData load(
      DataSpec data,
      NoiseSpec noise,
      CanariesSpec canaries,
      long seed,
      DataLocations locations,
      DownloadProgress progress) {
    NamedDataset named =
        ALL.stream()
            .filter(dataset -> dataset.name().equals(data.name()))
            .findFirst()
            .orElseThrow(() -> unknown(data.name()));
    return new Preparation(named.read(locations, progress), data, noise, canaries, seed).run();
  }

  /** The same without canaries and ghosts. */
  public static RunData load(
      DataSpec data,
      NoiseSpec noise,
      long seed,
      DataLocations locations,
      DownloadProgress progress) {
    return load(data, noise, CanariesSpec.NONE, seed, locations, progress);
  }

  private static InvalidSettingException unknown(String name) {
    return new InvalidSettingException(
        "data.name",
        "'%s' is not a data set, must be one of %s"
            .formatted(
                name, ALL.stream().map(NamedDataset::name).collect(Collectors.joining(", "))));
  }
}
