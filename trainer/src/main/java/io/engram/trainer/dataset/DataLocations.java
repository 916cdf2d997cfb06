package io.engram.trainer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where data files are looked for.
 *
 * @param folders in this order; each may hold a folder of the data set's name or the files
 *     themselves
 * @param cache looked into last, and where downloads go
 */
public record DataLocations(List<Path> folders, Path cache) {
  public DataLocations {
    folders = List.copyOf(folders);
  }

  /**
   * The given folder, then {@code $ENGRAM_DATA}; cached under {@code $XDG_CACHE_HOME/engram}, or
   * {@code ~/.cache/engram} without it.
   *
   * @param dataDir what {@code --data-dir} names, if anything
   * @param environment the process's environment
   * @throws DatasetException if {@code dataDir} is not a folder
   */
  public static DataLocations of(@Nullable Path dataDir, Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    if (dataDir != null) {
      if (!Files.isDirectory(dataDir)) {
        throw new DatasetException("--data-dir %s: there is no such folder".formatted(dataDir));
      }
      folders.add(dataDir);
    }
    String data = environment.get("ENGRAM_DATA");
    if (data != null && !data.isBlank()) {
      folders.add(Path.of(data));
    }
    String xdg = environment.get("XDG_CACHE_HOME");
    Path caches =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home", "."), ".cache");
    return new DataLocations(folders, caches.resolve("engram"));
  }

  /** The folders that files may lie in which usually come in a folder of that name. */
  List<Path> candidates(String subfolder) {
    return folders.stream().flatMap(base -> Stream.of(base.resolve(subfolder), base)).toList();
  }
}
