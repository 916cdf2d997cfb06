package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NoiseSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The real files, where {@code ENGRAM_DATA} names a folder that holds them. Skipped without it;
 * with it and {@code CI=true}, missing files are a failure.
 */
final class RealDataTest {
  private static Path folder(String name) {
    String data = System.getenv("ENGRAM_DATA");
    assumeThat(data)
        .as("skipped: ENGRAM_DATA names no folder with real data")
        .isNotNull()
        .isNotBlank();
    Path folder = Path.of(data, name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).isDirectory();
    } else {
      assumeThat(folder).as("skipped: ENGRAM_DATA has no " + name).isDirectory();
    }
    return folder;
  }

  private static RunData load(Path folder, DataSpec data) {
    return load(folder, data, CanariesSpec.NONE);
  }

  private static RunData load(Path folder, DataSpec data, CanariesSpec canaries) {
    DataLocations locations =
        new DataLocations(List.of(folder), folder.resolve("no cache, no download"));
    return Datasets.load(data, NoiseSpec.NONE, canaries, 1, locations, DownloadProgress.NONE);
  }

  /** MD5 of the uncompressed file, which for MNIST is known from the original files. */
  private static String md5(Path folder, String name) throws NoSuchAlgorithmException, IOException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    Path file = DataFiles.find(folder, name);
    assertThat(file).isNotNull();
    digest.update(DataFiles.<byte[]>read(file, in -> in.readAllBytes()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int[] counts(ExampleSet set) {
    int[] counts = new int[set.classes()];
    for (int row = 0; row < set.size(); row++) {
      counts[set.trueLabel(row)]++;
    }
    return counts;
  }

  @Test
  void mnistIsTheOriginal() throws NoSuchAlgorithmException, IOException {
    Path folder = folder("mnist");

    assertThat(md5(folder, "train-images-idx3-ubyte"))
        .isEqualTo("6bbc9ace898e44ae57da46a324031adb");
    assertThat(md5(folder, "train-labels-idx1-ubyte"))
        .isEqualTo("a25bea736e30d166cdddb491f175f624");
  }

  @Test
  void mnistHasItsKnownCountsLabelsAndMoments() {
    RunData run = load(folder("mnist"), DataSpec.of("mnist"));
    ExampleSet training = run.training();

    assertThat(training.size()).isEqualTo(50_000);
    assertThat(run.validation().size()).isEqualTo(10_000);
    assertThat(run.validation().id(0)).isEqualTo(50_000);
    assertThat(IntStream.range(0, 10).map(training::trueLabel))
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    int[] all = counts(training);
    int[] rest = counts(run.validation());
    assertThat(IntStream.range(0, 10).map(label -> all[label] + rest[label]))
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    // The known moments of all 60,000 are 0.1307 and 0.3081.
    assertThat(run.standardization().mean()).isCloseTo(0.1307, within(0.001));
    assertThat(run.standardization().standardDeviation()).isCloseTo(0.3081, within(0.001));
    assertThat(run.describedDataset().sha256())
        .isEqualTo("f81dd639134dd9b50ea9750b269189156d1ca498ca7de9b495e9e36ea76904b8");
  }

  @Test
  void foursAndNinesOfMnistPooled() {
    RunData run =
        load(
            folder("mnist"), new DataSpec("mnist", List.of(4, 9), 2_000, 1_000, 0, 2, true, false));

    assertThat(counts(run.training())).containsExactly(1_000, 1_000);
    assertThat(counts(run.validation())).containsExactly(500, 500);
    assertThat(run.training().shape()).isEqualTo(new ImageShape(14, 14, 1));
    assertThat(run.describedDataset().name()).isEqualTo("mnist classes 4,9 14x14");
  }

  @Test
  void canariesOfMnistAndCifarAreOtherExamples() {
    for (String name : List.of("mnist", "cifar-10")) {
      Path folder = folder(name.equals("mnist") ? name : "cifar-10-batches-bin");
      RunData all = load(folder, DataSpec.of(name));
      DataSpec part = new DataSpec(name, null, 2_000, 100, 500, 1, true, false);
      RunData run = load(folder, part, new CanariesSpec(100, 60));

      assertThat(counts(run.training())).containsOnly(200);
      assertThat(counts(run.holdout())).containsOnly(50);
      assertThat(run.trained().size()).isEqualTo(2_100);
      assertThat(run.ghosts().size()).isEqualTo(60);
      for (int row = 0; row < 100; row++) {
        int id = run.canaries().id(row);
        assertThat(run.training().row(id)).isNegative();
        assertThat(run.holdout().row(id)).isNegative();
        assertThat(run.canaries().pixels(row)).isEqualTo(all.training().pixels(id));
        assertThat(run.canaries().trueLabel(row)).isEqualTo(all.training().givenLabel(id));
        assertThat(run.canaries().flipped(row)).isTrue();
      }
    }
  }

  @Test
  void cifarBatchesAreBalancedAndInColour() {
    RunData run = load(folder("cifar-10-batches-bin"), DataSpec.of("cifar-10"));

    assertThat(counts(run.training())).containsOnly(run.training().size() / 10);
    assertThat(counts(run.validation())).containsOnly(run.validation().size() / 10);
    assertThat(run.training().shape()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(run.validation().id(0)).isEqualTo(50_000);
    // Known moments over all channels of the original: 0.4734 and 0.2516.
    assertThat(run.standardization().mean()).isCloseTo(0.4734, within(0.005));
    assertThat(run.standardization().standardDeviation()).isCloseTo(0.2516, within(0.005));
    // Blue is the darkest channel on average, red the brightest.
    double[] means = new double[3];
    for (int row = 0; row < 1_000; row++) {
      byte[] picture = run.training().pixels(row);
      for (int i = 0; i < picture.length; i++) {
        means[i % 3] += (picture[i] & 0xff) / 255.0 / 1_024 / 1_000;
      }
    }
    assertThat(means[0]).isGreaterThan(means[1]);
    assertThat(means[1]).isGreaterThan(means[2]);
    // Neighbours in a column look alike, which they would not were the order of values another.
    float[] input = new float[3_072];
    double product = 0;
    for (int row = 0; row < 100; row++) {
      run.training().copyInput(row, input, 0);
      for (int i = 0; i < 1_024 - 32; i++) {
        product += input[i] * input[i + 32] / (100 * 992);
      }
    }
    assertThat(product).isGreaterThan(0.8);
  }
}
