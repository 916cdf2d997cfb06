package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.engram.events.ExampleRole;
import io.engram.events.FeatureSource;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import io.engram.events.TrainerReported.State;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnumCodesTest {
  @Test
  void splits() {
    assertCodes(
        Split.class,
        EnumCodes::of,
        EnumCodes::split,
        Map.of(
            "TRAIN",
            1,
            "TRAIN_TRUE",
            2,
            "VALIDATION",
            3,
            "HOLDOUT",
            4,
            "CANARY",
            5,
            "GHOST",
            6,
            "NOISE",
            7));
  }

  @Test
  void labelGroups() {
    assertCodes(
        LabelGroup.class, EnumCodes::of, EnumCodes::labelGroup, Map.of("CLEAN", 1, "FLIPPED", 2));
  }

  @Test
  void exampleRoles() {
    assertCodes(
        ExampleRole.class,
        EnumCodes::of,
        EnumCodes::exampleRole,
        Map.of("TRAINING", 1, "VALIDATION", 2, "HOLDOUT", 3, "CANARY", 4, "GHOST", 5));
  }

  @Test
  void sensitivityKinds() {
    assertCodes(
        SensitivityKind.class,
        EnumCodes::of,
        EnumCodes::sensitivityKind,
        Map.of("UNROLLED", 1, "TRUNCATED", 2, "DIRECT", 3));
  }

  @Test
  void featureSources() {
    assertCodes(
        FeatureSource.class,
        EnumCodes::of,
        EnumCodes::featureSource,
        Map.of("NETWORK", 1, "PIXELS", 2));
  }

  @Test
  void trainerStates() {
    assertCodes(State.class, EnumCodes::of, EnumCodes::state, Map.of("RUNNING", 1, "PAUSED", 2));
  }

  @Test
  void outcomes() {
    assertCodes(
        Outcome.class,
        EnumCodes::of,
        EnumCodes::outcome,
        Map.of("COMPLETED", 1, "STOPPED", 2, "FAILED", 3));
  }

  private static <E extends Enum<E>> void assertCodes(
      Class<E> type, ToIntFunction<E> code, IntFunction<E> constant, Map<String, Integer> table) {
    E[] constants = type.getEnumConstants();
    assertThat(Arrays.stream(constants).collect(Collectors.toMap(Enum::name, code::applyAsInt)))
        .isEqualTo(table);
    assertThat(constants)
        .allSatisfy(c -> assertThat(constant.apply(code.applyAsInt(c))).isEqualTo(c));
    for (int unknown : new int[] {-1, 0, constants.length + 1, 128, 255}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> constant.apply(unknown))
          .withMessageContaining(unknown + " is not the code of");
    }
  }
}
