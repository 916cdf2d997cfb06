package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.util.Arrays;

/** Lists of one kind of element: arrays of numbers, and lists of anything. */
final class ListShape implements Shape {
  /** The most numbers that a list may have. */
  static final int MOST_NUMBERS = 1 << 18;

  /** The most elements of another kind. */
  static final int MOST_OTHERS = 1 << 10;

  private final Shape element;
  private final Class<?> type;
  private final boolean isArray;
  private final int most;

  private ListShape(Shape element, Class<?> type, boolean isArray, int most) {
    this.element = element;
    this.type = type;
    this.isArray = isArray;
    this.most = most;
  }

  /** Of a primitive array. */
  static ListShape array(Class<?> primitive, Shape element) {
    return new ListShape(element, primitive, true, MOST_NUMBERS);
  }

  /** Of a {@code List}. */
  static ListShape list(Shape element) {
    return new ListShape(element, Object.class, false, MOST_OTHERS);
  }

  @Override
  public Object read(JsonNode json) {
    if (!json.isArray()) {
      throw FieldException.mustBe("a list", json);
    }
    if (json.size() > most) {
      throw new FieldException(
          "", "has %d elements, must have at most %d".formatted(json.size(), most));
    }
    Object elements = Array.newInstance(type, json.size());
    for (int i = 0; i < json.size(); i++) {
      try {
        Array.set(elements, i, element.read(json.get(i)));
      } catch (FieldException e) {
        throw e.within("[" + i + "]");
      }
    }
    return isArray ? elements : Arrays.asList((Object[]) elements);
  }

  @Override
  public ObjectNode schema(Definitions definitions) {
    ObjectNode schema = Definitions.object().put("type", "array").put("maxItems", most);
    schema.set("items", element.schema(definitions));
    return schema;
  }
}
