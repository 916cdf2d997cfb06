package io.engram.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceGateTest {
  private static final CommandRunner NOT_TO_BE_ASKED =
      command -> {
        throw new AssertionError("ran " + command);
      };

  @Test
  void withoutCudaBackendTheDriverIsNotAsked() {
    DeviceGate gate = new DeviceGate(false, false, Map.of(), NOT_TO_BE_ASKED);
    assertThat(gate.choose(DeviceRequest.AUTO).cuda()).isFalse();
    assertThat(gate.choose(DeviceRequest.CPU).cuda()).isFalse();
    assertThatThrownBy(() -> gate.choose(DeviceRequest.CUDA))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("no CUDA backend")
        .hasMessageContaining("profile cuda");
  }

  @Test
  void theCpuNeedsNoDriver() {
    DeviceGate gate = new DeviceGate(true, false, Map.of(), NOT_TO_BE_ASKED);
    assertThat(gate.choose(DeviceRequest.CPU)).isEqualTo(new DeviceChoice(false, "asked for"));
  }

  @ParameterizedTest
  @CsvSource({"3.7", "5.0", "6.1", "7.5", "8.0", "8.6", "8.9"})
  void supportedCapabilitiesRunCuda(String capability) {
    for (DeviceRequest request : List.of(DeviceRequest.AUTO, DeviceRequest.CUDA)) {
      DeviceChoice choice = gate(Map.of(), 0, "NVIDIA Some, GPU, " + capability).choose(request);
      assertThat(choice.cuda()).isTrue();
      assertThat(choice.reason()).contains("NVIDIA Some, GPU", capability);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Tesla K20, 3.5",
    "NVIDIA H100 80GB HBM3, 9.0",
    "NVIDIA B200, 10.0",
    "NVIDIA GeForce RTX 5090, 12.0"
  })
  void otherCapabilitiesAreRefusedWithTheWayOut(String name, String capability) {
    DeviceGate gate = gate(Map.of(), 0, name + ", " + capability + "\n");
    for (DeviceRequest request : List.of(DeviceRequest.AUTO, DeviceRequest.CUDA)) {
      assertThatThrownBy(() -> gate.choose(request))
          .isInstanceOf(DeviceException.class)
          .hasMessage(
              "device: %s has compute capability %s; the CUDA backend runs on 3.7 to 8.9; "
                      .formatted(name, capability)
                  + "--device cpu runs on the CPU");
    }
    assertThat(gate.choose(DeviceRequest.CPU).cuda()).isFalse();
  }

  @Test
  void oneUnsupportedDeviceAmongSeveralIsNamed() {
    assertThatThrownBy(
            () ->
                gate(Map.of(), 0, "NVIDIA A10, 8.6\nNVIDIA H200, 9.0\n").choose(DeviceRequest.AUTO))
        .hasMessageContaining("NVIDIA H200 has compute capability 9.0")
        .hasMessageNotContaining("A10")
        .hasMessageContaining("CUDA_VISIBLE_DEVICES");
    assertThat(
            gate(Map.of(), 0, "NVIDIA A10, 8.6\r\n\nTesla T4, 7.5\r\n")
                .choose(DeviceRequest.AUTO)
                .reason())
        .contains("NVIDIA A10", "8.6", "Tesla T4", "7.5");
  }

  @Test
  void anUncheckedGateLetsEveryGpuThrough() {
    DeviceGate gate =
        new DeviceGate(
            true, true, Map.of(), command -> new CommandRunner.Result(0, "NVIDIA H100, 9.0"));
    assertThat(gate.choose(DeviceRequest.AUTO).cuda()).isTrue();
  }

  @Test
  void missingDriverMeansNoGpu() {
    DeviceGate gate =
        new DeviceGate(
            true,
            false,
            Map.of(),
            command -> {
              throw new IOException("Cannot run program \"nvidia-smi\": error=2");
            });
    assertThat(gate.choose(DeviceRequest.AUTO).cuda()).isFalse();
    assertThat(gate.choose(DeviceRequest.AUTO).reason()).contains("nvidia-smi", "error=2");
    assertThatThrownBy(() -> gate.choose(DeviceRequest.CUDA))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("error=2");
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "CUDA"})
  void failingDriverMeansNoGpu(DeviceRequest request) {
    DeviceGate gate = gate(Map.of(), 9, "\nNVIDIA-SMI has failed because …\nMore.");
    if (request == DeviceRequest.CUDA) {
      assertThatThrownBy(() -> gate.choose(request)).hasMessageContaining("NVIDIA-SMI has failed");
    } else {
      assertThat(gate.choose(request).reason()).endsWith("NVIDIA-SMI has failed because …");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Field \"compute_cap\" is not a valid field to query.",
        "NVIDIA A10, [N/A]",
        ", 8.6",
        "NVIDIA A10",
        "NVIDIA A10, 8",
        "NVIDIA A10, 8.6.1",
        "NVIDIA A10, 99999999999.0"
      })
  void garbageIsAnErrorThatSaysWhatWasExpected(String output) {
    assertThatThrownBy(() -> gate(Map.of(), 0, output).choose(DeviceRequest.AUTO))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining(output)
        .hasMessageContaining("NVIDIA A10, 8.6")
        .hasMessageContaining("--device cpu");
  }

  @Test
  void anEmptyAnswerMeansNoGpu() {
    assertThat(gate(Map.of(), 0, "\n").choose(DeviceRequest.AUTO).cuda()).isFalse();
  }

  @Test
  void onlyVisibleDevicesAreAskedFor() {
    List<List<String>> commands = new ArrayList<>();
    CommandRunner recording =
        command -> {
          commands.add(command);
          return new CommandRunner.Result(0, "NVIDIA A10, 8.6");
        };
    new DeviceGate(true, false, Map.of(), recording).choose(DeviceRequest.AUTO);
    new DeviceGate(true, false, Map.of("CUDA_VISIBLE_DEVICES", "1,GPU-ab"), recording)
        .choose(DeviceRequest.AUTO);
    assertThat(commands.get(0))
        .containsExactly("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader");
    assertThat(commands.get(1)).contains("--id=1,GPU-ab");
    for (String hidden : List.of("", "-1", " ")) {
      DeviceGate gate =
          new DeviceGate(true, false, Map.of("CUDA_VISIBLE_DEVICES", hidden), NOT_TO_BE_ASKED);
      assertThat(gate.choose(DeviceRequest.AUTO).cuda()).isFalse();
    }
  }

  @Test
  void theEnvironmentCanAskForTheCpu() {
    Map<String, String> cpuFirst = Map.of("BACKEND_PRIORITY_CPU", "200");
    DeviceGate gate = gate(cpuFirst, 0, "NVIDIA H100, 9.0");
    assertThat(gate.choose(DeviceRequest.AUTO).cuda()).isFalse();
    Map<String, String> gpuFirst =
        Map.of("BACKEND_PRIORITY_CPU", "200", "BACKEND_PRIORITY_GPU", "300");
    assertThat(gate(gpuFirst, 0, "NVIDIA A10, 8.6").choose(DeviceRequest.AUTO).cuda()).isTrue();
    assertThatThrownBy(
            () -> gate(Map.of("BACKEND_PRIORITY_CPU", "high"), 0, "").choose(DeviceRequest.AUTO))
        .hasMessage("BACKEND_PRIORITY_CPU: is \"high\", must be a number");
  }

  @Test
  void thisProcessHasNoCudaBackendHere() {
    assertThat(DeviceGate.ofThisProcess().choose(DeviceRequest.CPU).cuda()).isFalse();
  }

  private static DeviceGate gate(Map<String, String> environment, int exit, String output) {
    return new DeviceGate(
        true, false, environment, command -> new CommandRunner.Result(exit, output));
  }
}
