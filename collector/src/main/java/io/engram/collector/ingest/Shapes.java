package io.engram.collector.ingest;

import io.engram.events.TrainingEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** Finds the shape of each type that event records are made of. */
final class Shapes {
  private static final Map<Type, Shape> SIMPLE =
      Map.of(
          int.class, NumberShape.INT,
          long.class, NumberShape.LONG,
          Long.class, NumberShape.LONG,
          double.class, NumberShape.DOUBLE,
          boolean.class, WordShape.TRUTH,
          String.class, WordShape.TEXT,
          int[].class, ListShape.array(int.class, NumberShape.INT),
          float[].class, ListShape.array(float.class, NumberShape.FLOAT),
          double[].class, ListShape.array(double.class, NumberShape.DOUBLE));

  private Shapes() {}

  static Shape of(Type type) {
    Shape simple = SIMPLE.get(type);
    if (simple != null) {
      return simple;
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return ListShape.list(of(arguments[0]));
      }
      if (generic.getRawType() == Map.class && arguments[1] == Long.class) {
        return new CountsShape();
      }
    }
    if (type == TrainingEvent.class) {
      return new EventShape();
    }
    if (type instanceof Class<?> one && one.isEnum()) {
      return new EnumShape(one);
    }
    if (type instanceof Class<?> one && one.isRecord()) {
      return new RecordShape(one);
    }
    throw new IllegalStateException("events have no JSON for " + type);
  }
}
