package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.Shard;
import io.engram.events.access.Access;
import io.engram.events.access.AccessToken;
import io.engram.events.access.Scope;
import io.engram.events.access.TlsFiles;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CollectorOptionsTest {
  @Test
  void nothingSaidMeansTheDefaults() {
    assertThat(CollectorOptions.fromJson(new JsonObject()))
        .isEqualTo(CollectorOptions.DEFAULTS)
        .isEqualTo(
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
                1_000));
  }

  @Test
  void jsonAndBack() {
    CollectorOptions options =
        new CollectorOptions(
            "::1",
            0,
            "state",
            Duration.ofDays(7),
            Duration.ofSeconds(5),
            true,
            100,
            new Shard("b"),
            new Access(
                new TlsFiles("a.pem", "a-key.pem", "ca.pem"),
                List.of(AccessToken.of(AccessToken.generate(), Scope.READ)),
                true,
                false),
            7);

    assertThat(CollectorOptions.fromJson(options.toJson())).isEqualTo(options);
    assertThat(CollectorOptions.fromJson(CollectorOptions.DEFAULTS.toJson()))
        .isEqualTo(CollectorOptions.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prot': 1}                 | prot is unknown: use access, host, journal, journalMegabytes",
        "{'port': 65536}             | port 65536: use 1 to 65535",
        "{'port': -1}                | port -1: use 1 to 65535",
        "{'port': '80'}              | port must be a whole number",
        "{'port': 80.5}              | port must be a whole number",
        "{'port': null}              | port must be a whole number",
        "{'host': 1}                 | host must be a text",
        "{'host': ' '}               | host is empty",
        "{'stateDir': ''}            | stateDir is empty",
        "{'runRetentionSeconds': 0}  | runRetentionSeconds must be at least 1 second",
        "{'journal': true}           | journal needs a folder: give stateDir",
        "{'journal': 'yes'}          | journal must be true or false",
        "{'host': '0.0.0.0'}         | host: listening on 0.0.0.0, beyond this machine, needs TLS",
        "{'access': 1}               | access must be an object",
        "{'access': {'tls': true}}   | access: access option tls is unknown: use authority",
        "{'access': {'tokens': [1]}} | access: must be 'sha256:<hash> read' or 'sha256:<hash> all'",
        "{'journalMegabytes': 0}     | journalMegabytes must be at least 1",
        "{'saveIntervalSeconds': -5} | saveIntervalSeconds must be at least 1 second"
      })
  void whatCannotBeIsNamed(String json, String problem) {
    assertThatThrownBy(() -> CollectorOptions.fromJson(new JsonObject(json.replace('\'', '"'))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("collector option " + problem);
  }
}
