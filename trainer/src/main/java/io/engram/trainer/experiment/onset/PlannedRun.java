package io.engram.trainer.experiment.onset;

import io.engram.trainer.spec.RunSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run of the grid. */
record PlannedRun(Condition condition, int seed, Half half, RunSpec spec) {
  private static final int DIGITS = 8;

  /**
   * Of its files, without an ending. It ends with a hash of all settings that the run depends on,
   * so that the files of a run that was asked for differently are not taken for its own.
   */
  String file() {
    return "%s_seed-%d_%s".formatted(condition.name().replace('/', '_'), seed, hash());
  }

  private String hash() {
    String settings =
        Stream.of(
                spec.data(),
                spec.noise(),
                spec.network(),
                spec.optimizer(),
                spec.regularization(),
                spec.training(),
                spec.probes().predictions(),
                spec.probes().csr(),
                spec.canaries())
            .map(String::valueOf)
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
