package io.engram.trainer.experiment.grid;

import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.TrainingSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A short name of all settings that a run's course depends on, so that the files of a run that was
 * asked for differently are not taken for its own. Its id, checkpoints and answers to an onset do
 * not count.
 */
public final class SettingsHash {
  private static final int DIGITS = 8;

  private SettingsHash() {}

  /** Eight hexadecimal digits. */
  public static String of(RunSpec spec) {
    return of(
        Stream.of(
                spec.data(),
                spec.noise(),
                spec.network(),
                spec.optimizer(),
                spec.regularization(),
                inWords(spec.training()),
                spec.probes().predictions(),
                spec.probes().csr(),
                spec.canaries())
            .map(String::valueOf)
            .collect(Collectors.joining("\n")));
  }

  /** Where a run does not end early it is called as it was before it could. */
  private static String inWords(TrainingSpec training) {
    String words =
        "TrainingSpec[epochs=%d, batch=%d, seed=%d, threads=%d]"
            .formatted(training.epochs(), training.batch(), training.seed(), training.threads());
    return training.untilAccuracy() == null ? words : words + training.untilAccuracy();
  }

  /** Eight hexadecimal digits. */
  public static String of(String settings) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
