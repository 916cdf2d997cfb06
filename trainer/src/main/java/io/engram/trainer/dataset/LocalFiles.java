package io.engram.trainer.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data set in the folder where the first of them was found, or in the cache, where
 * those that are missing can be downloaded.
 */
final class LocalFiles {
  private final String dataset;
  private final List<Path> searched;
  private final Path folder;
  private final boolean cache;
  private final List<RemoteFile> files;

  private LocalFiles(
      String dataset, List<Path> searched, Path folder, boolean cache, List<RemoteFile> files) {
    this.dataset = dataset;
    this.searched = searched;
    this.folder = folder;
    this.cache = cache;
    this.files = files;
  }

  /**
   * @param dataset name of the data set
   * @param subfolder the folder that its files usually come in
   * @param files all that it consists of; a name that ends in {@code .gz} stands for the
   *     uncompressed file as well
   */
  static LocalFiles search(
      DataLocations locations, String dataset, String subfolder, List<RemoteFile> files) {
    List<Path> searched = new ArrayList<>();
    for (Path folder : locations.candidates(subfolder)) {
      searched.add(folder);
      if (files.stream().anyMatch(file -> find(folder, file) != null)) {
        return new LocalFiles(dataset, searched, folder, false, files);
      }
    }
    Path folder = locations.cache().resolve(dataset);
    searched.add(folder);
    return new LocalFiles(dataset, searched, folder, true, files);
  }

  private static @Nullable Path find(Path folder, RemoteFile file) {
    String name = file.name();
    return DataFiles.find(
        folder, name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
  }

  Path folder() {
    return folder;
  }

  /** Where they are, or would be. */
  String describe() {
    List<RemoteFile> missing = files.stream().filter(file -> find(folder, file) == null).toList();
    if (missing.isEmpty()) {
      return "found in " + folder;
    }
    if (cache) {
      double megabytes = missing.stream().mapToLong(RemoteFile::bytes).sum() / 1e6;
      return String.format(Locale.ROOT, "would be downloaded to %s (%.1f MB)", folder, megabytes);
    }
    return "incomplete in %s, without %s"
        .formatted(folder, String.join(", ", missing.stream().map(RemoteFile::name).toList()));
  }

  /**
   * The files, in the order given, after downloading what the cache lacks.
   *
   * @throws DatasetException if some are missing, or cannot be downloaded
   */
  List<Path> complete(Downloader downloader, DownloadProgress progress) {
    List<Path> paths = new ArrayList<>();
    for (RemoteFile file : files) {
      Path path = find(folder, file);
      if (path == null && !cache) {
        throw new DatasetException(
            "%s: %s is missing, must be there beside the other files of %s"
                .formatted(folder, file.name(), dataset));
      }
      paths.add(path != null ? path : download(file, downloader, progress));
    }
    return paths;
  }

  private Path download(RemoteFile file, Downloader downloader, DownloadProgress progress) {
    try {
      return downloader.download(file, folder, progress);
    } catch (DatasetException e) {
      throw new DatasetException(
          "%s was not found in %s, and %s"
              .formatted(
                  dataset,
                  String.join(", ", searched.stream().map(Path::toString).toList()),
                  e.getMessage()),
          e);
    }
  }
}
