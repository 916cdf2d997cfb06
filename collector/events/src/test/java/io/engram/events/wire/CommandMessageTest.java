package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.RunCommand;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CommandMessageTest {
  private static final String NONCE = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @EnumSource
  void jsonAndBack(RunCommand command) {
    CommandMessage message = CommandMessage.of(command, InstantSource.system());

    assertThat(CommandMessage.fromJson(new JsonObject(message.toJson().encode())))
        .isEqualTo(message);
  }

  @Test
  void aNonceIsOfOneMessage() {
    assertThat(CommandMessage.of(RunCommand.STOP, InstantSource.system()).nonce())
        .isNotEqualTo(CommandMessage.of(RunCommand.STOP, InstantSource.system()).nonce());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                    | must have the fields command",
        "{'command': 'pause', 'nonce': 'NONCE'}                | must have the fields command",
        "{'command': 'pause', 'nonce': 'NONCE', 'expires': ''} | must have the fields command",
        "{'command': 'halt', 'nonce': 'NONCE', 'expires': 1}   | unknown command 'halt'",
        "{'command': 'pause', 'nonce': 'x', 'expires': 1}      | field nonce must be 32"
      })
  void whatIsNoneIsNamed(String json, String problem) {
    JsonObject object = new JsonObject(json.replace('\'', '"').replace("NONCE", NONCE));

    assertThatThrownBy(() -> CommandMessage.fromJson(object))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
