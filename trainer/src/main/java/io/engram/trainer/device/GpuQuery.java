package io.engram.trainer.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks NVIDIA's driver, by {@code nvidia-smi}, for the GPUs that this process may use. */
final class GpuQuery {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private final CommandRunner runner;
  private final Map<String, String> environment;

  GpuQuery(CommandRunner runner, Map<String, String> environment) {
    this.runner = runner;
    this.environment = environment;
  }

  /**
   * The GPUs, or why there is none.
   *
   * @param gpus in the driver's order
   * @param absence one line; empty where there are GPUs
   */
  record Answer(List<Gpu> gpus, String absence) {}

  /**
   * The GPUs that {@code CUDA_VISIBLE_DEVICES} leaves visible. Its numbers are taken in the order
   * of PCI buses, as CUDA does with {@code CUDA_DEVICE_ORDER=PCI_BUS_ID}. A driver that is missing,
   * fails or is silent for long means no GPU.
   *
   * @throws DeviceException if the driver answers something else than a list of GPUs
   */
  Answer ask() {
    String visible = environment.get(VISIBLE);
    if (visible != null && (visible.isBlank() || visible.strip().startsWith("-1"))) {
      return new Answer(List.of(), VISIBLE + " hides every GPU");
    }
    List<String> command =
        new ArrayList<>(
            List.of("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader"));
    if (visible != null) {
      command.add("--id=" + visible.strip());
    }
    try {
      CommandRunner.Result result = runner.run(command);
      return result.exit() == 0
          ? parse(result.output())
          : new Answer(List.of(), "nvidia-smi failed: " + firstLine(result.output()));
    } catch (IOException e) {
      return new Answer(
          List.of(), "nvidia-smi cannot be run: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static Answer parse(String output) {
    List<Gpu> gpus = output.lines().filter(line -> !line.isBlank()).map(GpuQuery::gpu).toList();
    return new Answer(gpus, gpus.isEmpty() ? "nvidia-smi names no GPU" : "");
  }

  /** {@code NVIDIA A100-SXM4-80GB, 8.0}. */
  private static Gpu gpu(String line) {
    int comma = line.lastIndexOf(',');
    return ComputeCapability.parse(line.substring(comma + 1).strip())
        .filter(capability -> comma > 0)
        .map(capability -> new Gpu(line.substring(0, comma).strip(), capability))
        .orElseThrow(
            () ->
                new DeviceException(
                    "nvidia-smi: answered \"%s\", expected a name and a compute capability such as"
                            .formatted(firstLine(line))
                        + " \"NVIDIA A10, 8.6\"; --device cpu runs on the CPU"));
  }

  private static String firstLine(String text) {
    String line = text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    return line.length() <= 120 ? line : line.substring(0, 120) + "…";
  }
}
