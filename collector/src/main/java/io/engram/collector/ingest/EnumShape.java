package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Constants of an enumeration, by their names in lower case. */
final class EnumShape implements Shape {
  private final String name;
  private final List<Enum<?>> constants;

  EnumShape(Class<?> type) {
    name = type.getSimpleName();
    constants = Arrays.stream(type.getEnumConstants()).<Enum<?>>map(Enum.class::cast).toList();
  }

  @Override
  public Enum<?> read(JsonNode json) {
    for (Enum<?> constant : constants) {
      if (Words.of(constant).equals(json.textValue())) {
        return constant;
      }
    }
    String known = constants.stream().map(Words::of).collect(Collectors.joining(", "));
    throw FieldException.mustBe("one of " + known, json);
  }

  @Override
  public ObjectNode schema(Definitions definitions) {
    return definitions.reference(
        name,
        () -> {
          ObjectNode schema = Definitions.object();
          var words = schema.putArray("enum");
          constants.forEach(constant -> words.add(Words.of(constant)));
          return schema;
        });
  }
}
