package io.engram.trainer.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J, started once with the settings that every network here relies on. Whoever makes the first
 * array or network calls {@link #start()} before.
 */
public final class NativeRuntime {
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  private NativeRuntime() {}

  /**
   * What ND4J computes on.
   *
   * @param backend {@code cpu} or {@code cuda}
   * @param name the processor or accelerator
   */
  public record Device(String backend, String name) {
    /** Whether arrays lie in this process's own memory. */
    public boolean isCpu() {
      return backend.equals("cpu");
    }
  }

  /**
   * Leaves ND4J no backend but the CPU's to choose, also where CUDA's is among the dependencies.
   * Has no effect after {@link #start()}.
   */
  public static void useCpu() {
    ND4JClassLoading.setNd4jClassloader(new CpuBackendOnly(NativeRuntime.class.getClassLoader()));
  }

  /**
   * Loads ND4J's natives, once (seconds at the first call), sets 32-bit floats, and on the CPU
   * turns oneDNN's layers on, which DeepLearning4J ships turned off; a value that a user gave the
   * system property stays.
   */
  public static Device start() {
    return Started.DEVICE;
  }

  /**
   * Sets the threads of linear algebra and other native operations. Part of it holds for the whole
   * process, part for the calling thread alone (OpenMP): every thread that trains or evaluates
   * calls this first. 1 makes a run reproducible bit for bit.
   */
  public static void setThreads(int threads) {
    start();
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  /**
   * Sets the threads of native operations for the calling thread alone. How many threads a matrix
   * product takes holds for the whole process and stays.
   */
  public static void setThreadsHere(int threads) {
    start();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  private static final class Started {
    static final Device DEVICE = begin();

    private static Device begin() {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
      Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
      boolean cpu = "CPU".equalsIgnoreCase(environment.getProperty("backend"));
      if (cpu && System.getProperty(HELPERS_DISABLED) == null) {
        System.setProperty(HELPERS_DISABLED, "false");
      }
      return cpu ? new Device("cpu", processor()) : new Device("cuda", accelerator(environment));
    }

    private static String accelerator(Properties environment) {
      if (environment.get("cuda.devicesInformation") instanceof List<?> devices
          && !devices.isEmpty()
          && devices.get(0) instanceof Map<?, ?> first) {
        return String.valueOf(first.get("cuda.deviceName"));
      }
      return "unknown";
    }

    private static String processor() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseGet(() -> System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch");
      }
    }
  }
}
