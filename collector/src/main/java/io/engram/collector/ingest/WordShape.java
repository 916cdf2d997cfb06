package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Strings, and true or false. */
enum WordShape implements Shape {
  TEXT {
    @Override
    public String read(JsonNode json) {
      if (!json.isTextual()) {
        throw FieldException.mustBe("a string", json);
      }
      String text = json.textValue();
      if (text.length() > LONGEST_TEXT) {
        throw new FieldException(
            "", "has %d characters, must have at most %d".formatted(text.length(), LONGEST_TEXT));
      }
      return text;
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
      return Definitions.object().put("type", "string").put("maxLength", LONGEST_TEXT);
    }
  },
  TRUTH {
    @Override
    public Boolean read(JsonNode json) {
      if (!json.isBoolean()) {
        throw FieldException.mustBe("true or false", json);
      }
      return json.booleanValue();
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
      return Definitions.object().put("type", "boolean");
    }
  };

  static final int LONGEST_TEXT = 4_096;
}
