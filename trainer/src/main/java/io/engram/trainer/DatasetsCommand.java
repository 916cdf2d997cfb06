package io.engram.trainer;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.DatasetDescription;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.text.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engram datasets}. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    description = "Lists the data sets that a run file can name, and where they are.")
final class DatasetsCommand implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are looked for before $$ENGRAM_DATA and the cache.")
  @Nullable Path dataDir;

  @Override
  public Integer call() {
    List<List<String>> rows =
        Datasets.all(DataLocations.of(dataDir, System.getenv())).stream()
            .map(DatasetsCommand::row)
            .toList();
    System.out.print(
        TextTable.format(
            List.of("name", "images", "classes", "training", "validation", "where"), rows));
    return 0;
  }

  private static List<String> row(DatasetDescription set) {
    return List.of(
        set.name(),
        "%dx%dx%d".formatted(set.shape().height(), set.shape().width(), set.shape().channels()),
        Integer.toString(set.classes()),
        Integer.toString(set.training()),
        set.validation(),
        set.where());
  }
}
