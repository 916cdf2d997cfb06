package io.engram.collector.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.engram.events.LabelGroup;
import io.engram.events.RunId;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Records as JSON. JSON has no word for NaN and the infinities: they are written as {@code null},
 * as is a measurement that was never made.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(
                      Double.class, serializer((value, out) -> write(value.doubleValue(), out)))
                  .addSerializer(
                      Double.TYPE, serializer((value, out) -> write(value.doubleValue(), out)))
                  .addSerializer(double[].class, serializer(Json::writeAll))
                  .addSerializer(float[].class, serializer(Json::writeAll))
                  .addSerializer(
                      LabelGroup.class, serializer((value, out) -> out.writeString(value.label())))
                  .addSerializer(
                      RunId.class, serializer((value, out) -> out.writeString(value.value()))));

  private Json() {}

  static Buffer encode(Object value) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeAll(double[] values, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (double value : values) {
      write(value, out);
    }
    out.writeEndArray();
  }

  private static void writeAll(float[] values, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (float value : values) {
      if (Float.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
    out.writeEndArray();
  }

  private static void write(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }

  private static <T> JsonSerializer<T> serializer(Writer<T> writer) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        writer.write(value, out);
      }
    };
  }

  private interface Writer<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }
}
