package io.engram.trainer.dataset;

/** Hears of a download as it goes on. */
@FunctionalInterface
public interface DownloadProgress {
  /** Hears nothing. */
  DownloadProgress NONE = (file, bytes, total) -> {};

  /**
   * Called on the downloading thread at the start of each attempt and for each piece of at most 64
   * KiB. {@code bytes} falls back where an attempt starts from scratch.
   *
   * @param file name of the file
   * @param bytes that are on disk
   * @param total bytes of the whole file
   */
  void downloaded(String file, long bytes, long total);
}
