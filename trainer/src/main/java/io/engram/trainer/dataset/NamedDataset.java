package io.engram.trainer.dataset;

/** A data set that a run file can name. */
interface NamedDataset {
  String name();

  /** Looks at the file system, never at the network; does not fail. */
  DatasetDescription describe(DataLocations locations);

  /**
   * @throws DatasetException if it is damaged or cannot be had
   */
  Source read(DataLocations locations, DownloadProgress progress);
}
