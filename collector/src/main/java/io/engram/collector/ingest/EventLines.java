package io.engram.collector.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads bodies of newline-delimited JSON, one event a line, all of it or nothing. Lines must have
 * ascending sequences; empty lines count for nothing. Thread-safe; cost: that of parsing, not for
 * an event loop.
 */
public final class EventLines {
  /** The most bytes that a body may have, compressed or not. */
  public static final int LONGEST_BODY = 8 << 20;

  /** The most bytes that it may have once it is not compressed any more. */
  public static final int LONGEST_INFLATED = 16 << 20;

  private static final int LONGEST_LINE = 4 << 20;
  private static final int MOST_LINES = 10_000;
  private static final int MOST_PROBLEMS = 10;
  private static final int MOST_TOKENS = 1_000_000;
  private static final int LONGEST_STRING = 1 << 16;
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 64;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_STRING)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final RecordShape LINE = new RecordShape(Line.class);

  private EventLines() {}

  /**
   * @param arrivedMillis stands for timestamps that are left out
   * @param gaps whether sequences may be left out between two lines
   * @return at least one event
   * @throws TooLongException if the body has too many bytes or lines
   * @throws UnreadableLinesException if a line is no event, or there is none
   */
  public static List<EventEnvelope> read(
      byte[] body, RunId run, long incarnation, long arrivedMillis, boolean gaps) {
    List<EventEnvelope> envelopes = new ArrayList<>();
    List<LineProblem> problems = new ArrayList<>();
    int number = 0;
    int from = 0;
    while (from < body.length && problems.size() < MOST_PROBLEMS) {
      int to = endOfLine(body, from);
      number++;
      if (!isBlank(body, from, to)) {
        try {
          EventEnvelope envelope = line(body, from, to).envelope(run, incarnation, arrivedMillis);
          if (!envelopes.isEmpty()) {
            long before = envelopes.get(envelopes.size() - 1).sequence();
            requireNext(envelope.sequence(), before, gaps);
          }
          envelopes.add(envelope);
        } catch (FieldException e) {
          problems.add(new LineProblem(number, e.field(), e.problem()));
        } catch (IllegalArgumentException e) {
          problems.add(new LineProblem(number, "", String.valueOf(e.getMessage())));
        }
        if (envelopes.size() > MOST_LINES) {
          throw new TooLongException(
              "the body has more than %d events: send them in several".formatted(MOST_LINES));
        }
      }
      from = to + 1;
    }
    if (problems.isEmpty() && envelopes.isEmpty()) {
      problems.add(new LineProblem(1, "", "there is no event: send one a line, as JSON"));
    }
    if (!problems.isEmpty()) {
      throw new UnreadableLinesException(problems);
    }
    return envelopes;
  }

  /**
   * Inflates a body that is compressed by gzip.
   *
   * @throws TooLongException if it becomes longer than {@link #LONGEST_INFLATED}
   * @throws UnreadableLinesException if it is no gzip
   */
  public static byte[] inflate(byte[] body) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] inflated = in.readNBytes(LONGEST_INFLATED + 1);
      if (inflated.length > LONGEST_INFLATED) {
        throw new TooLongException(
            "the body has more than %d bytes once inflated".formatted(LONGEST_INFLATED));
      }
      return inflated;
    } catch (IOException e) {
      throw new UnreadableLinesException(
          List.of(new LineProblem(1, "", "the body is no gzip: " + e.getMessage())));
    }
  }

  private static int endOfLine(byte[] body, int from) {
    int to = from;
    while (to < body.length && body[to] != '\n') {
      to++;
    }
    return to;
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static void requireNext(long sequence, long before, boolean gaps) {
    if (gaps ? sequence <= before : sequence != before + 1) {
      throw new FieldException(
          "sequence",
          "must be %s%d, was %d".formatted(gaps ? "at least " : "", before + 1, sequence));
    }
  }

  private static Line line(byte[] body, int from, int to) {
    if (to - from > LONGEST_LINE) {
      throw new FieldException(
          "", "has %d bytes, must have at most %d".formatted(to - from, LONGEST_LINE));
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(body, from, to - from);
    } catch (JsonProcessingException e) {
      String why = Words.firstLine(e.getOriginalMessage());
      throw new FieldException(
          "",
          "is not JSON: "
              + (why.startsWith("Non-standard token")
                  ? "write \"NaN\", \"Infinity\" and \"-Infinity\" in quotes"
                  : why));
    } catch (IOException e) {
      throw new FieldException("", "is not UTF-8: " + Words.firstLine(e.getMessage()));
    }
    return (Line) LINE.read(json);
  }
}
