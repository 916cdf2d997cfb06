package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class GlyphsTest {
  private static final DataLocations NOWHERE = new DataLocations(List.of(), Path.of("nowhere"));

  private static RunData load(Integer training) {
    return Datasets.load(
        new DataSpec("glyphs", null, training, null, 0, 1, true, false),
        NoiseSpec.NONE,
        1,
        NOWHERE,
        DownloadProgress.NONE);
  }

  @Test
  void isTheSameOnEveryPlatform() {
    assertThat(Glyphs.generate(0, Glyphs.TRAINING).sha256())
        .isEqualTo("a74a86f70d14dd46df2156192350ee71acd1c980b2ab04d49987b39a6b55afaa");
    assertThat(Glyphs.generate(Glyphs.TRAINING, Glyphs.VALIDATION).sha256())
        .isEqualTo("c6f48b16274a1390c857a0ebd64a6cf5490b44d1507c7082be18e2097b1a97a0");
  }

  @Test
  void anImageDependsOnItsIdAlone() {
    byte[] all = Glyphs.generate(0, 50).pixels();

    assertThat(Glyphs.generate(37, 1).pixels())
        .isEqualTo(Arrays.copyOfRange(all, 37 * 784, 38 * 784));
  }

  @Test
  void classesAreBalancedAndNoTwoImagesAreEqual() {
    RunData run = load(null);
    Set<ByteBuffer> images = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (ExampleSet set : List.of(run.training(), run.validation())) {
      int[] counts = new int[10];
      for (int row = 0; row < set.size(); row++) {
        counts[set.trueLabel(row)]++;
        images.add(ByteBuffer.wrap(set.pixels(row)));
        ids.add(set.id(row));
      }
      assertThat(counts).containsOnly(set.size() / 10);
    }
    assertThat(run.training().size()).isEqualTo(10_000);
    assertThat(run.validation().size()).isEqualTo(2_000);
    assertThat(images).hasSize(12_000);
    assertThat(ids).hasSize(12_000);
  }

  @Test
  void aSmallNetworkLearnsMostOfThemButNotAll() {
    RunData run = load(4_000);
    NativeRuntime.setThreads(1);
    MultiLayerNetwork network =
        Networks.build(
            NetworkSpec.of("mlp:784-128-10"),
            OptimizerSpec.sgd(0.1),
            RegularizationSpec.NONE,
            run.training().shape(),
            10,
            40,
            8,
            1);
    for (int epoch = 0; epoch < 8; epoch++) {
      for (int batch = 0; batch < 40; batch++) {
        network.fit(
            inputs(run.training(), batch * 100, 100), labels(run.training(), batch * 100, 100));
      }
    }
    ExampleSet validation = run.validation();
    int[] predicted = network.predict(inputs(validation, 0, validation.size()));
    int correct = 0;
    for (int row = 0; row < predicted.length; row++) {
      correct += predicted[row] == validation.trueLabel(row) ? 1 : 0;
    }
    assertThat((double) correct / predicted.length).isBetween(0.95, 0.995);
  }

  private static INDArray inputs(ExampleSet set, int first, int count) {
    float[] inputs = new float[count * 784];
    for (int i = 0; i < count; i++) {
      set.copyInput(first + i, inputs, i * 784);
    }
    return Nd4j.create(inputs, new int[] {count, 784}, 'c');
  }

  private static INDArray labels(ExampleSet set, int first, int count) {
    float[] labels = new float[count * 10];
    for (int i = 0; i < count; i++) {
      labels[i * 10 + set.givenLabel(first + i)] = 1;
    }
    return Nd4j.create(labels, new int[] {count, 10}, 'c');
  }
}
