package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Objects with the components of a record. A component without a value of {@link Defaults} must be
 * there, and nothing else may be.
 */
final class RecordShape implements Shape {
  private record Component(String name, Shape shape) {}

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final List<Component> components = new ArrayList<>();

  RecordShape(Class<?> type) {
    this.type = type;
    RecordComponent[] declared = type.getRecordComponents();
    for (RecordComponent component : declared) {
      components.add(new Component(component.getName(), Shapes.of(component.getGenericType())));
    }
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.trySetAccessible();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name of the record. */
  String name() {
    return type.getSimpleName();
  }

  @Override
  public Object read(JsonNode json) {
    return read(json, "");
  }

  /**
   * @param besides a field that may be there and is not the record's
   */
  Object read(JsonNode json, String besides) {
    if (!json.isObject()) {
      throw FieldException.mustBe("an object", json);
    }
    json.fieldNames().forEachRemaining(name -> requireKnown(name, besides));
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      JsonNode given = json.get(component.name());
      values[i] = given == null ? otherwise(component, values) : read(component, given);
    }
    return create(values);
  }

  private void requireKnown(String name, String besides) {
    if (!name.equals(besides) && components.stream().noneMatch(c -> c.name().equals(name))) {
      String known = components.stream().map(Component::name).collect(Collectors.joining(", "));
      throw new FieldException(
          Words.brief(name),
          "is unknown: " + name() + " has " + (known.isEmpty() ? "none" : known));
    }
  }

  private static @Nullable Object read(Component component, JsonNode given) {
    try {
      return component.shape().read(given);
    } catch (FieldException e) {
      throw e.within(component.name());
    }
  }

  private @Nullable Object otherwise(Component component, @Nullable Object[] before) {
    String key = name() + "." + component.name();
    if (!Defaults.has(key)) {
      throw new FieldException(component.name(), "is missing");
    }
    return Defaults.of(key, before);
  }

  private Object create(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw new FieldException(
          "", "is impossible: " + (cause == null ? "" : String.valueOf(cause.getMessage())));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ObjectNode schema(Definitions definitions) {
    return definitions.reference(name(), () -> objectSchema(definitions, ""));
  }

  /**
   * @param besides a field that is to have the record's name, or empty
   */
  ObjectNode objectSchema(Definitions definitions, String besides) {
    ObjectNode schema = Definitions.object().put("type", "object");
    var required = schema.putArray("required");
    ObjectNode properties = schema.putObject("properties");
    schema.put("additionalProperties", false);
    if (!besides.isEmpty()) {
      required.add(besides);
      properties.putObject(besides).put("const", name());
    }
    for (Component component : components) {
      String key = name() + "." + component.name();
      ObjectNode its = component.shape().schema(definitions);
      Descriptions.find(key).ifPresent(text -> its.put("description", text));
      properties.set(component.name(), its);
      if (!Defaults.has(key)) {
        required.add(component.name());
      }
    }
    Descriptions.find(name()).ifPresent(text -> schema.put("description", text));
    return schema;
  }
}
