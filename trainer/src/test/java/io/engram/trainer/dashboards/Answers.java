package io.engram.trainer.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A Prometheus server's HTTP API. */
@FunctionalInterface
public interface Answers {
  /**
   * The {@code data} of an answer.
   *
   * @param path below {@code /api/v1/}
   * @throws IllegalStateException with what the server says, if it refuses the question
   */
  JsonNode ask(String path, Map<String, String> parameters) throws Exception;
}
