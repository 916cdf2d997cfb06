package io.engram.collector.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.events.EventEnvelope;
import io.engram.events.TrainingEvent;
import java.util.List;
import java.util.stream.Collectors;

/** Envelopes as lines, written by Jackson from the records alone. */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).build();

  private EventJson() {}

  public static ObjectNode object(EventEnvelope envelope) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("sequence", envelope.sequence());
    line.put("epoch", envelope.epoch());
    line.put("step", envelope.step());
    line.put("timestampMillis", envelope.timestampMillis());
    line.set("event", event(envelope.event()));
    return line;
  }

  /** One a line. */
  public static String lines(List<EventEnvelope> envelopes) {
    return envelopes.stream().map(e -> text(object(e)) + "\n").collect(Collectors.joining());
  }

  static String text(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode event(TrainingEvent event) {
    ObjectNode json = MAPPER.valueToTree(event);
    return json.put("type", event.getClass().getSimpleName());
  }
}
