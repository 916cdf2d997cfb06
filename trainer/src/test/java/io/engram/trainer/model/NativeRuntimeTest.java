package io.engram.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class NativeRuntimeTest {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @AfterEach
  void oneThread() {
    NativeRuntime.setThreads(1);
  }

  @Test
  void namesTheProcessor() {
    NativeRuntime.Device device = NativeRuntime.start();
    assertThat(device.backend()).isEqualTo("cpu");
    assertThat(device.isCpu()).isTrue();
    assertThat(device.name()).isNotBlank();
    assertThat(NativeRuntime.start()).isSameAs(device);
    assertThat(Nd4j.dataType()).isEqualTo(DataType.FLOAT);
  }

  /** Processor time of the process over that of this thread: other threads compute, or none. */
  @Test
  void threadsAreUsedAsAskedFor() {
    NativeRuntime.setThreads(1);
    assertThat(leastShareOfOthers(NativeRuntimeTest::multiply)).isLessThan(0.1);
    assertThat(leastShareOfOthers(NativeRuntimeTest::add)).isLessThan(0.1);
    assertThat(leastShareOfOthers(NativeRuntimeTest::reduce)).isLessThan(0.1);
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
    NativeRuntime.setThreads(2);
    assertThat(mostShareOfOthers(NativeRuntimeTest::multiply)).isGreaterThan(0.2);
    assertThat(mostShareOfOthers(NativeRuntimeTest::add)).isGreaterThan(0.2);
    assertThat(mostShareOfOthers(NativeRuntimeTest::reduce)).isGreaterThan(0.2);
  }

  @Test
  void oneDnnRunsTheConvolutions() {
    assumeTrue(
        getClass()
                .getResource(
                    "/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-avx2/libnd4jcpu.so")
            != null,
        "natives without oneDNN");
    MultiLayerNetwork network =
        Networks.build(
            NetworkSpec.of("cnn-c"),
            OptimizerSpec.sgd(0.1),
            RegularizationSpec.NONE,
            new ImageShape(28, 28, 1),
            2,
            10,
            3,
            1);
    assertThat(Arrays.stream(network.getLayers()).map(layer -> layer.getHelper()))
        .filteredOn(helper -> helper instanceof MKLDNNConvHelper)
        .hasSize(2);
    assertThat(Nd4j.getEnvironment().helpersAllowed()).isTrue();
  }

  private static void multiply() {
    INDArray matrix = Nd4j.ones(1_500, 1_500).dup('f');
    Nd4j.gemm(matrix, matrix, Nd4j.create(new int[] {1_500, 1_500}, 'f'), false, false, 1, 0);
  }

  private static void add() {
    INDArray vector = Nd4j.ones(20_000_000);
    for (int i = 0; i < 10; i++) {
      vector.addi(1);
    }
    vector.close();
  }

  private static void reduce() {
    INDArray vector = Nd4j.ones(20_000_000);
    for (int i = 0; i < 5; i++) {
      vector.norm2Number();
    }
    vector.close();
  }

  private static double leastShareOfOthers(Runnable work) {
    return sharesOfOthers(work)[0];
  }

  /** Of several tries, as on a busy machine threads may wait for their turn. */
  private static double mostShareOfOthers(Runnable work) {
    return sharesOfOthers(work)[4];
  }

  /** Of several tries, in ascending order: the compiler and the collector compute now and then. */
  private static double[] sharesOfOthers(Runnable work) {
    work.run();
    double[] shares = new double[5];
    for (int i = 0; i < shares.length; i++) {
      long process = PROCESS.getProcessCpuTime();
      long thread = THREADS.getCurrentThreadCpuTime();
      work.run();
      thread = THREADS.getCurrentThreadCpuTime() - thread;
      process = PROCESS.getProcessCpuTime() - process;
      shares[i] = (double) (process - thread) / thread;
    }
    Arrays.sort(shares);
    return shares;
  }
}
