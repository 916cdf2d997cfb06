package io.engram.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import io.engram.events.TrainingEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema against the records, looked at by themselves, and against what they are written as.
 */
final class EventSchemaTest {
  private static final JsonNode SCHEMA = EventJson.parse(EventSchema.json());

  static Stream<EventEnvelope> examples() {
    return EventExamples.all().stream();
  }

  @Test
  void hasADefinitionOfEachRecordWithItsComponents() {
    Map<String, Class<?>> records = records();

    records.forEach(
        (name, type) -> {
          Set<String> components =
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getName)
                  .collect(Collectors.toCollection(TreeSet::new));
          if (TrainingEvent.class.isAssignableFrom(type)) {
            components.add("type");
          }
          JsonNode definition = name.equals("Line") ? SCHEMA : SCHEMA.at("/$defs/" + name);
          assertThat(names(definition.path("properties"))).as(name).isEqualTo(components);
          assertThat(definition.path("additionalProperties").asBoolean(true)).as(name).isFalse();
        });
    assertThat(SCHEMA.at("/$defs/StepCompleted/required"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "type", "examples", "correct", "lossSum", "learningRate", "durationSeconds");
    assertThat(SCHEMA.at("/properties/event/oneOf").size())
        .isEqualTo(TrainingEvent.class.getPermittedSubclasses().length);
  }

  @Test
  void everythingIsDescribedAndNothingElse() {
    Set<String> all = new TreeSet<>();
    records()
        .forEach(
            (name, type) -> {
              all.add(name);
              for (RecordComponent component : type.getRecordComponents()) {
                all.add(name + "." + component.getName());
              }
            });

    assertThat(Descriptions.keys()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(all).containsAll(Defaults.keys());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void allowsEveryKindOfEventAndNoOtherField(EventEnvelope envelope) {
    JsonNode line = EventJson.object(envelope);

    assertThat(MiniSchema.problem(SCHEMA, SCHEMA, line)).isEmpty();
    JsonNode event = line.path("event");
    for (String name : names(event)) {
      var without = line.deepCopy();
      ((ObjectNode) without.path("event")).remove(name);
      String key = envelope.event().getClass().getSimpleName() + "." + name;
      assertThat(MiniSchema.problem(SCHEMA, SCHEMA, without).isEmpty())
          .as(key)
          .isEqualTo(Defaults.has(key));
    }
    ((ObjectNode) event).put("more", 1);
    assertThat(MiniSchema.problem(SCHEMA, SCHEMA, line)).isNotEmpty();
  }

  private static Map<String, Class<?>> records() {
    Map<String, Class<?>> records = new TreeMap<>();
    collect(Line.class, records);
    for (Class<?> kind : TrainingEvent.class.getPermittedSubclasses()) {
      collect(kind, records);
    }
    return records;
  }

  private static void collect(Type type, Map<String, Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(a -> collect(a, records));
    } else if (type instanceof Class<?> one && one.isRecord()) {
      Class<?> other = records.put(one.getSimpleName(), one);
      assertThat(other).as("another record of this name").isIn(null, one);
      for (RecordComponent component : one.getRecordComponents()) {
        collect(component.getGenericType(), records);
      }
    }
  }

  private static Set<String> names(JsonNode object) {
    Iterable<String> names = object::fieldNames;
    return StreamSupport.stream(names.spliterator(), false)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
