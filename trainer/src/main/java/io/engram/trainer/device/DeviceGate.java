package io.engram.trainer.device;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides between the CPU and CUDA before ND4J starts. CUDA is chosen where its backend is among
 * the dependencies and every visible GPU can run it.
 */
public final class DeviceGate {
  /** System property that lets any GPU through, for a CUDA backend other than the pinned one. */
  public static final String UNCHECKED = "engram.device.unchecked";

  private static final Duration DRIVER_LIMIT = Duration.ofSeconds(10);

  private final boolean cudaBackend;
  private final boolean unchecked;
  private final Map<String, String> environment;
  private final GpuQuery query;

  DeviceGate(
      boolean cudaBackend,
      boolean unchecked,
      Map<String, String> environment,
      CommandRunner runner) {
    this.cudaBackend = cudaBackend;
    this.unchecked = unchecked;
    this.environment = environment;
    this.query = new GpuQuery(runner, environment);
  }

  /** The gate of this process: its dependencies, its environment, its driver. */
  public static DeviceGate ofThisProcess() {
    return new DeviceGate(
        DeviceGate.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") != null,
        Boolean.getBoolean(UNCHECKED),
        System.getenv(),
        CommandRunner.processes(DRIVER_LIMIT));
  }

  /**
   * The device to start on. {@code AUTO} takes the CPU where there is no CUDA backend or no GPU, or
   * where the environment puts ND4J's CPU backend first ({@code BACKEND_PRIORITY_CPU=200}). Asks
   * the driver, which takes up to a few seconds, only where a GPU could be used.
   *
   * @throws DeviceException if CUDA is asked for and cannot be had, or if a visible GPU cannot run
   *     it: the CPU is then a user's choice, never a surprise
   */
  public DeviceChoice choose(DeviceRequest request) {
    if (request == DeviceRequest.CPU) {
      return cpu("asked for");
    }
    if (request == DeviceRequest.AUTO && environmentPrefersCpu()) {
      return cpu("first by BACKEND_PRIORITY_CPU");
    }
    if (!cudaBackend) {
      return absent(
          request, "this build holds no CUDA backend (it is added by the Maven profile cuda)");
    }
    GpuQuery.Answer answer = query.ask();
    if (answer.gpus().isEmpty()) {
      return absent(request, answer.absence());
    }
    List<Gpu> unsupported = answer.gpus().stream().filter(gpu -> !gpu.supported()).toList();
    if (!unsupported.isEmpty() && !unchecked) {
      throw new DeviceException(
          "device: %s; the CUDA backend runs on %s to %s; --device cpu runs on the CPU"
                  .formatted(described(unsupported), Gpu.OLDEST, Gpu.NEWEST)
              + (unsupported.size() < answer.gpus().size()
                  ? ", CUDA_VISIBLE_DEVICES can leave the others"
                  : ""));
    }
    return new DeviceChoice(true, described(answer.gpus()));
  }

  private boolean environmentPrefersCpu() {
    return priority("BACKEND_PRIORITY_CPU", 0) > priority("BACKEND_PRIORITY_GPU", 100);
  }

  private int priority(String variable, int absent) {
    String value = environment.getOrDefault(variable, "");
    try {
      return value.isEmpty() ? absent : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new DeviceException("%s: is \"%s\", must be a number".formatted(variable, value));
    }
  }

  private static DeviceChoice absent(DeviceRequest request, String reason) {
    if (request == DeviceRequest.CUDA) {
      throw new DeviceException("device: cuda cannot be had: " + reason);
    }
    return cpu(reason);
  }

  private static DeviceChoice cpu(String reason) {
    return new DeviceChoice(false, reason);
  }

  private static String described(List<Gpu> gpus) {
    return gpus.stream()
        .map(gpu -> "%s has compute capability %s".formatted(gpu.name(), gpu.capability()))
        .collect(Collectors.joining(", "));
  }
}
