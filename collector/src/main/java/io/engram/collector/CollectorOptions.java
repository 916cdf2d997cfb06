package io.engram.collector;

import io.engram.events.Shard;
import io.engram.events.access.Access;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a collector listens and what it keeps. As JSON, the form in which a verticle takes it: {@code
 * {"host": "127.0.0.1", "port": 9464, "stateDir": null, "runRetentionSeconds": 86400,
 * "saveIntervalSeconds": 30, "journal": false, "journalMegabytes": 8192, "shard": "default",
 * "access": {}, "mostRuns": 1000}}, every key optional; {@link Access} has the keys of {@code
 * access}.
 *
 * @param host address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param stateDir folder of the saved state, made when missing; null keeps nothing over a restart
 * @param runRetention how long a run stays after its last event, positive
 * @param saveInterval time between two saves, at least one second
 * @param journal whether events are kept in a journal, and acknowledged when they are in it; needs
 *     a folder
 * @param journalMegabytes size from which the oldest of the journal is removed, once snapshots hold
 *     what it says
 * @param shard which of the collectors of a bus this is
 * @param access who may reach it; beyond this machine with TLS and token only, or said to be
 *     insecure
 * @param mostRuns how many runs it knows at a time, at least 1; new ones beyond are refused
 */
public record CollectorOptions(
    String host,
    int port,
    @Nullable String stateDir,
    Duration runRetention,
    Duration saveInterval,
    boolean journal,
    int journalMegabytes,
    Shard shard,
    Access access,
    int mostRuns) {
  /** Loopback only, on the port that Prometheus lists for metrics exporters of this kind. */
  public static final CollectorOptions DEFAULTS =
      new CollectorOptions(
          "127.0.0.1",
          9464,
          null,
          Duration.ofHours(24),
          Duration.ofSeconds(30),
          false,
          8192,
          Shard.DEFAULT,
          Access.OPEN,
          1_000);

  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String STATE_DIR = "stateDir";
  private static final String RUN_RETENTION = "runRetentionSeconds";
  private static final String SAVE_INTERVAL = "saveIntervalSeconds";
  private static final String JOURNAL = "journal";
  private static final String JOURNAL_MEGABYTES = "journalMegabytes";
  private static final String SHARD = "shard";
  private static final String ACCESS = "access";
  private static final String MOST_RUNS = "mostRuns";
  private static final Set<String> KEYS =
      Set.of(
          HOST,
          PORT,
          STATE_DIR,
          RUN_RETENTION,
          SAVE_INTERVAL,
          JOURNAL,
          JOURNAL_MEGABYTES,
          SHARD,
          ACCESS,
          MOST_RUNS);

  /**
   * @throws IllegalArgumentException if a value is out of its range, naming it and the range
   */
  public CollectorOptions {
    require(!host.isBlank(), HOST, "is empty: give an address, such as 127.0.0.1");
    require(port >= 0 && port <= 65535, PORT, port + ": use 1 to 65535, or 0 for any that is free");
    require(stateDir == null || !stateDir.isBlank(), STATE_DIR, "is empty: give a folder, or null");
    require(runRetention.toSeconds() >= 1, RUN_RETENTION, "must be at least 1 second");
    require(saveInterval.toSeconds() >= 1, SAVE_INTERVAL, "must be at least 1 second");
    require(!journal || stateDir != null, JOURNAL, "needs a folder: give stateDir");
    require(journalMegabytes >= 1, JOURNAL_MEGABYTES, "must be at least 1");
    require(mostRuns >= 1, MOST_RUNS, "must be at least 1");
    checkAccess(host, access);
  }

  /**
   * Reads options; a key that is missing has its value of {@link #DEFAULTS}.
   *
   * @throws IllegalArgumentException naming the key, if one is unknown or its value impossible
   */
  public static CollectorOptions fromJson(JsonObject json) {
    List<String> unknown = new ArrayList<>(json.fieldNames());
    unknown.removeAll(KEYS);
    require(
        unknown.isEmpty(),
        String.join(", ", unknown),
        "is unknown: use " + String.join(", ", KEYS.stream().sorted().toList()));
    return new CollectorOptions(
        json.containsKey(HOST) ? text(json, HOST) : DEFAULTS.host,
        (int) whole(json, PORT, DEFAULTS.port),
        json.getValue(STATE_DIR) == null ? null : text(json, STATE_DIR),
        Duration.ofSeconds(whole(json, RUN_RETENTION, DEFAULTS.runRetention.toSeconds())),
        Duration.ofSeconds(whole(json, SAVE_INTERVAL, DEFAULTS.saveInterval.toSeconds())),
        truth(json, JOURNAL, DEFAULTS.journal),
        (int) whole(json, JOURNAL_MEGABYTES, DEFAULTS.journalMegabytes),
        json.containsKey(SHARD) ? new Shard(text(json, SHARD)) : DEFAULTS.shard,
        access(json),
        (int) whole(json, MOST_RUNS, DEFAULTS.mostRuns));
  }

  /** The inverse of {@link #fromJson}; durations are cut to whole seconds. */
  public JsonObject toJson() {
    return new JsonObject()
        .put(HOST, host)
        .put(PORT, port)
        .put(STATE_DIR, stateDir)
        .put(RUN_RETENTION, runRetention.toSeconds())
        .put(SAVE_INTERVAL, saveInterval.toSeconds())
        .put(JOURNAL, journal)
        .put(JOURNAL_MEGABYTES, journalMegabytes)
        .put(SHARD, shard.name())
        .put(ACCESS, access.toJson())
        .put(MOST_RUNS, mostRuns);
  }

  private static String text(JsonObject json, String key) {
    if (json.getValue(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("collector option " + key + " must be a text");
  }

  private static Access access(JsonObject json) {
    if (!json.containsKey(ACCESS)) {
      return Access.OPEN;
    }
    if (json.getValue(ACCESS) instanceof JsonObject access) {
      try {
        return Access.fromJson(access);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("collector option access: " + e.getMessage(), e);
      }
    }
    throw new IllegalArgumentException("collector option access must be an object");
  }

  private static void checkAccess(String host, Access access) {
    try {
      access.check(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("collector option host: " + e.getMessage(), e);
    }
  }

  private static boolean truth(JsonObject json, String key, boolean otherwise) {
    if (!json.containsKey(key)) {
      return otherwise;
    }
    if (json.getValue(key) instanceof Boolean truth) {
      return truth;
    }
    throw new IllegalArgumentException("collector option " + key + " must be true or false");
  }

  private static long whole(JsonObject json, String key, long otherwise) {
    if (!json.containsKey(key)) {
      return otherwise;
    }
    if (json.getValue(key) instanceof Number n && n.doubleValue() == n.intValue()) {
      return n.intValue();
    }
    throw new IllegalArgumentException("collector option " + key + " must be a whole number");
  }

  private static void require(boolean holds, String key, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("collector option " + key + " " + problem);
    }
  }
}
