package io.engram.trainer.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * CIFAR-10 in its binary version: from the official archive, or from batch files as they lie in it,
 * of which one to train on is enough. The test batch is the validation set. The id of an example is
 * its record in its file plus 10,000 for each batch before it; the test batch comes sixth.
 */
final class CifarDataset implements NamedDataset {
  private static final String NAME = "cifar-10";
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final List<String> BATCHES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");
  private static final int TEST = 5;

  private final RemoteFile archive;
  private final Downloader downloader;

  CifarDataset(RemoteFile archive, Downloader downloader) {
    this.archive = archive;
    this.downloader = downloader;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DatasetDescription describe(DataLocations locations) {
    Path folder = folder(locations);
    return new DatasetDescription(
        NAME,
        TEST * CifarReader.BATCH,
        "10,000, the test batch",
        CifarReader.SHAPE,
        CifarReader.CLASSES,
        folder == null ? archive(locations).describe() : describe(folder));
  }

  private static String describe(Path folder) {
    List<String> missing =
        BATCHES.stream().filter(batch -> DataFiles.find(folder, batch) == null).toList();
    return missing.isEmpty()
        ? "found in " + folder
        : "found in %s, without %s".formatted(folder, String.join(", ", missing));
  }

  @Override
  public Source read(DataLocations locations, DownloadProgress progress) {
    Path folder = folder(locations);
    return folder == null ? fromArchive(archive(locations), progress) : fromFolder(folder);
  }

  private LocalFiles archive(DataLocations locations) {
    return LocalFiles.search(locations, NAME, FOLDER, List.of(archive));
  }

  /** The first folder with a batch file, null if there is none. */
  private static @Nullable Path folder(DataLocations locations) {
    for (Path folder : locations.candidates(FOLDER)) {
      if (BATCHES.stream().anyMatch(batch -> DataFiles.find(folder, batch) != null)) {
        return folder;
      }
    }
    return null;
  }

  private static Source fromFolder(Path folder) {
    SortedMap<Integer, RawSet> sets = new TreeMap<>();
    for (int i = 0; i < BATCHES.size(); i++) {
      Path file = DataFiles.find(folder, BATCHES.get(i));
      if (file != null) {
        byte[] content = DataFiles.read(file, in -> in.readAllBytes());
        sets.put(i, CifarReader.read(file.toString(), content, i * CifarReader.BATCH));
      }
    }
    return source(sets, folder);
  }

  private Source fromArchive(LocalFiles local, DownloadProgress progress) {
    Path file = local.complete(downloader, progress).get(0);
    SortedMap<Integer, RawSet> sets = new TreeMap<>();
    TarReader.Visitor visitor =
        new TarReader.Visitor() {
          @Override
          public boolean wants(String path) {
            return batch(path) >= 0;
          }

          @Override
          public void visit(String path, byte[] content) {
            String within = "%s (%s)".formatted(file, path);
            sets.put(
                batch(path), CifarReader.read(within, content, batch(path) * CifarReader.BATCH));
          }
        };
    DataFiles.read(
        file,
        in -> {
          TarReader.read(in, visitor);
          return file;
        });
    return source(sets, file);
  }

  /** Which batch a path ends in, -1 if none. */
  private static int batch(String path) {
    return BATCHES.indexOf(path.substring(path.lastIndexOf('/') + 1));
  }

  private static Source source(SortedMap<Integer, RawSet> sets, Path from) {
    RawSet test = sets.remove(TEST);
    if (test == null) {
      throw new DatasetException(
          "%s: %s is missing, must be there beside the training batches"
              .formatted(from, BATCHES.get(TEST)));
    }
    if (sets.isEmpty()) {
      throw new DatasetException(
          "%s: has no training batch, must have at least one of %s to %s"
              .formatted(from, BATCHES.get(0), BATCHES.get(TEST - 1)));
    }
    int files = sets.size();
    RawSet training = RawSet.join(new ArrayList<>(sets.values()));
    return new Source(
        NAME,
        CifarReader.CLASSES,
        training,
        test,
        "%s: %d training examples of %d of %d batches and %d validation examples from %s"
            .formatted(NAME, training.size(), files, TEST, test.size(), from));
  }
}
