package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Numbers. JSON has no word for what is not finite: there the strings {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"} stand for floating-point numbers.
 */
enum NumberShape implements Shape {
  INT {
    @Override
    public Integer read(JsonNode json) {
      if (json.isIntegralNumber() && json.canConvertToInt()) {
        return json.intValue();
      }
      throw notWhole(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
      return whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  },
  LONG {
    @Override
    public Long read(JsonNode json) {
      if (json.isIntegralNumber() && json.canConvertToLong()) {
        return json.longValue();
      }
      throw notWhole(json, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
      return whole(Long.MIN_VALUE, Long.MAX_VALUE);
    }
  },
  FLOAT {
    @Override
    public Float read(JsonNode json) {
      double value = floating(json);
      float narrowed = (float) value;
      if (Float.isInfinite(narrowed) && !Double.isInfinite(value)) {
        throw new FieldException(
            "", Words.brief(json) + " is beyond the range of a 32-bit floating-point number");
      }
      return narrowed;
    }
  },
  DOUBLE {
    @Override
    public Double read(JsonNode json) {
      return floating(json);
    }
  };

  private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

  @Override
  public ObjectNode schema(Definitions definitions) {
    return definitions.reference(
        "number",
        () -> {
          ObjectNode either = Definitions.object();
          var ways = either.putArray("anyOf");
          ways.addObject().put("type", "number");
          var words = ways.addObject().putArray("enum");
          NOT_FINITE.forEach(words::add);
          return either;
        });
  }

  private static double floating(JsonNode json) {
    if (json.isTextual() && NOT_FINITE.contains(json.textValue())) {
      return Double.parseDouble(json.textValue());
    }
    if (!json.isNumber()) {
      throw FieldException.mustBe("a number, or \"NaN\", \"Infinity\", \"-Infinity\"", json);
    }
    double value = json.doubleValue();
    if (Double.isInfinite(value)) {
      throw new FieldException("", "is beyond the range of a 64-bit floating-point number");
    }
    return value;
  }

  private static FieldException notWhole(JsonNode json, long least, long most) {
    return FieldException.mustBe("a whole number from %d to %d".formatted(least, most), json);
  }

  private static ObjectNode whole(long least, long most) {
    return Definitions.object().put("type", "integer").put("minimum", least).put("maximum", most);
  }
}
