package io.engram.trainer.spec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.engram.events.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Strict binding of YAML to the records of this package. */
final class SpecMapper {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addDeserializer(RunId.class, new RunIdDeserializer()))
          .build();

  private SpecMapper() {}

  static ObjectNode emptyMapping() {
    return YAML.createObjectNode();
  }

  static JsonNode tree(String yaml) throws JacksonException {
    return YAML.readTree(yaml);
  }

  static ObjectNode defaults() {
    try (InputStream in = SpecMapper.class.getResourceAsStream("defaults.yaml")) {
      return (ObjectNode) YAML.readTree(Objects.requireNonNull(in, "defaults.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws InvalidSettingException if the tree is not a run
   */
  static RunSpec bind(ObjectNode tree) {
    return bind(tree, RunSpec.class);
  }

  /**
   * @throws InvalidSettingException if the tree is not one of that type
   */
  static <T> T bind(JsonNode tree, Class<T> type) {
    try {
      return YAML.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw BindingErrors.explain(e, tree);
    } catch (JacksonException e) {
      throw new InvalidSettingException("", e.getOriginalMessage());
    }
  }

  private static final class RunIdDeserializer extends StdScalarDeserializer<RunId> {
    RunIdDeserializer() {
      super(RunId.class);
    }

    @Override
    public RunId deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return new RunId(parser.getText());
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException("", String.valueOf(e.getMessage()));
      }
    }
  }
}
