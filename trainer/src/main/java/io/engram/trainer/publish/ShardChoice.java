package io.engram.trainer.publish;

import io.engram.events.RunId;
import io.engram.events.Shard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/**
 * Which shard takes a run: that with the highest hash of both names (Thaler &amp; Ravishankar 1998,
 * "Using name-based mappings to increase hit rates"). Runs spread evenly, every process chooses
 * alike, and a shard that is added takes only runs that would be its own.
 */
final class ShardChoice {
  private ShardChoice() {}

  /**
   * @param shards at least one
   */
  static Shard of(RunId run, Collection<Shard> shards) {
    return shards.stream()
        .max(
            Comparator.<Shard, byte[]>comparing(shard -> hash(run, shard), Arrays::compareUnsigned)
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static byte[] hash(RunId run, Shard shard) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((run + "\n" + shard).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
