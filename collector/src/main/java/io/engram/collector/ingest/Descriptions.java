package io.engram.collector.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What records and their components mean, in a line each. */
final class Descriptions {
  private static final Properties TEXTS = load();

  private Descriptions() {}

  /**
   * @param key a record's name, or with a component's, as {@code StepCompleted.lossSum}
   */
  static Optional<String> find(String key) {
    return Optional.ofNullable(TEXTS.getProperty(key));
  }

  static Set<String> keys() {
    return TEXTS.stringPropertyNames();
  }

  private static Properties load() {
    Properties texts = new Properties();
    try (InputStream in = Descriptions.class.getResourceAsStream("events.properties")) {
      texts.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
