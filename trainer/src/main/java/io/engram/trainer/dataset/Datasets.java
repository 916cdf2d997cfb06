package io.engram.trainer.dataset;

import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NoiseSpec;
import java.util.List;

/** The data sets that a run file can name. */
public final class Datasets {
  private Datasets() {}

  /** All of them, the generated one first. Looks at the file system, never at the network. */
  public static List<DatasetDescription> all(DataLocations locations) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads (where need be downloads, or generates) a data set and makes a run's examples of it.
   *
   * @param seed fixes the draw of a part and the noise; the same for runs that shall train on the
   *     same examples
   * @throws io.engram.trainer.spec.InvalidSettingException if the data set cannot be as asked for
   * @throws DatasetException if its files are damaged or cannot be had
   */
  public static RunData load(
      DataSpec data,
      NoiseSpec noise,
      long seed,
      DataLocations locations,
      DownloadProgress progress) {
    throw new UnsupportedOperationException();
  }
}
