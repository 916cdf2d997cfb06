package io.engram.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.ExampleRole;
import io.engram.trainer.model.NativeRuntime;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Training that is DeepLearning4J's own, with the collector that the listener brings. */
@Timeout(300)
final class EngramListenerOnsetTest {
  private static final int CLASSES = 10;
  private static final int WIDTH = 60;
  private static final int TRAINING = 600;
  private static final int CANARIES = 60;
  private static final int HOLDOUT = 300;
  private static final int BATCH = 60;
  private static final int EPOCHS = 25;

  @Test
  void wrongLabelsRaiseOnsetAndRightOnesDoNot() throws Exception {
    NativeRuntime.setThreads(1);

    URI page = train("noisy", 0.4);
    URI other = train("clean", 0);

    assertThat(other).as("one collector for both").isEqualTo(page);
    assertThat(level(page, "noisy")).isEqualTo("raised");
    assertThat(level(page, "clean")).isEqualTo("quiet");
    JsonObject run = get(page.resolve("/api/v1/runs/noisy")).getJsonObject("run");
    assertThat(run.getString("state")).isEqualTo("completed");
    assertThat(run.getJsonObject("progress").getLong("steps"))
        .isEqualTo(EPOCHS * (TRAINING + CANARIES) / BATCH);
    assertThat(run.getJsonObject("delivery").getLong("missed")).isZero();
  }

  private static URI train(String run, double share) {
    int all = TRAINING + CANARIES + HOLDOUT;
    Random random = new Random(9);
    float[][] means = new float[CLASSES][WIDTH];
    for (float[] mean : means) {
      for (int d = 0; d < WIDTH; d++) {
        mean[d] = (float) (0.5 * random.nextGaussian());
      }
    }
    float[][] inputs = new float[all][WIDTH];
    int[] given = new int[all];
    for (int i = 0; i < all; i++) {
      given[i] = random.nextInt(CLASSES);
      for (int d = 0; d < WIDTH; d++) {
        inputs[i][d] = (float) (means[given[i]][d] + 0.7 * random.nextGaussian());
      }
      if (random.nextDouble() < share) {
        given[i] = random.nextInt(CLASSES);
      }
    }
    int[] over = given.clone();
    for (int i = TRAINING; i < TRAINING + CANARIES; i++) {
      given[i] = (over[i] + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
    }
    INDArray features = Nd4j.create(inputs);
    INDArray oneHot = Nd4j.zeros(all, CLASSES);
    for (int i = 0; i < all; i++) {
      oneHot.putScalar(i, given[i], 1);
    }
    int trained = TRAINING + CANARIES;
    DataSet examples = new DataSet(rows(features, 0, trained), rows(oneHot, 0, trained));
    MultiLayerNetwork network = network();
    try (EngramListener listener =
        EngramListener.of(run)
            .port(0)
            .dataset("gaussian", TRAINING, EPOCHS)
            .lookEvery(5)
            .monitor(ExampleRole.TRAINING, rows(features, 0, 300), Arrays.copyOf(given, 300))
            .monitor(
                ExampleRole.CANARY,
                rows(features, TRAINING, trained),
                Arrays.copyOfRange(given, TRAINING, trained),
                Arrays.copyOfRange(over, TRAINING, trained))
            .monitor(
                ExampleRole.HOLDOUT,
                rows(features, trained, all),
                Arrays.copyOfRange(given, trained, all))
            .build()) {
      network.setListeners(listener);
      examples.shuffle(4);
      network.fit(new ListDataSetIterator<>(examples.asList(), BATCH), EPOCHS);
      return Objects.requireNonNull(listener.page());
    }
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(2)
                .updater(new Nesterovs(0.02, 0.9))
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(WIDTH).nOut(128).build())
                .layer(new DenseLayer.Builder().nIn(128).nOut(128).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(128)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to)).dup();
  }

  private static String level(URI page, String run) throws Exception {
    return get(page.resolve("/api/v1/runs/" + run + "/onset"))
        .getJsonObject("onset")
        .getJsonArray("channels")
        .getJsonObject(1)
        .getString("level");
  }

  private static JsonObject get(URI uri) throws Exception {
    return new JsonObject(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body());
  }
}
