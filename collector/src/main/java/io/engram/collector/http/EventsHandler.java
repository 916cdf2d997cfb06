package io.engram.collector.http;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.ingest.EventLines;
import io.engram.collector.ingest.EventSchema;
import io.engram.collector.ingest.IngestLink;
import io.engram.collector.ingest.Receipt;
import io.engram.collector.ingest.RefusedException;
import io.engram.collector.ingest.TooLongException;
import io.engram.collector.ingest.UnreadableLinesException;
import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.OnsetLevel;
import io.engram.collector.watch.Watches;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.delivery.Admission;
import io.engram.events.wire.EventParcel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes events of a run, one a line of JSON ({@link EventSchema}), all of a request or none, each
 * sequence once. Answers when they are applied and, where there is a journal, on the disk: {@code
 * {"run": "alpha", "incarnation": 1, "acknowledged": 12, "accepted": 3, "duplicates": 0, "missed":
 * 0, "raised": ["warn"]}}; {@code acknowledged} is the last sequence that need not be sent again,
 * {@code raised} the onset channels that are raised by now.
 *
 * <p>400 where a line cannot be read, 403 where the collector takes no more runs, 409 where the
 * first sequence does not follow the last one known ({@code ?gaps=count} counts those between as
 * missed instead) or a later incarnation has begun, 413 and 415 for bodies that are not taken, 503
 * where it may be tried again.
 */
final class EventsHandler implements Handler<RoutingContext> {
  private static final Set<String> LINES = Set.of("application/x-ndjson", "application/ndjson");
  private static final int MOST_AT_ONCE = 16;
  private static final String INCARNATION = "incarnation";
  private static final String GAPS = "gaps";
  private static final String REFUSE = "refuse";
  private static final String COUNT = "count";
  private static final long NONE = -1;

  private final Runs runs;
  private final Watches watches;
  private final IngestLink link;
  private int atOnce;

  EventsHandler(Runs runs, Watches watches, IngestLink link) {
    this.runs = runs;
    this.watches = watches;
    this.link = link;
  }

  /** Refuses what is not said to be lines of JSON, plain or by gzip, before it is read. */
  static void demandLines(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String coding = request.request().getHeader(HttpHeaders.CONTENT_ENCODING);
    if (type == null || !LINES.contains(type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))) {
      request.fail(
          BadRequestException.unsupported(
              "the body must be one JSON object a line, with Content-Type: application/x-ndjson"));
    } else if (coding != null && !isGzip(request) && !coding.equalsIgnoreCase("identity")) {
      request.fail(
          BadRequestException.unsupported(
              "Content-Encoding '%s' is not taken: use gzip, or none".formatted(coding)));
    } else {
      request.next();
    }
  }

  /** Answers with the JSON Schema of a line. */
  static void schema(RoutingContext request) {
    new Encoded("application/schema+json", false, Buffer.buffer(EventSchema.json()))
        .send(request.request());
  }

  private static boolean isGzip(RoutingContext request) {
    return "gzip".equalsIgnoreCase(request.request().getHeader(HttpHeaders.CONTENT_ENCODING));
  }

  @Override
  public void handle(RoutingContext request) {
    Parameters parameters = new Parameters(request.queryParams(), INCARNATION, GAPS);
    RunId run = run(request.pathParam("run"));
    long incarnation = incarnation(parameters);
    boolean gaps = gaps(parameters);
    byte[] body =
        request.body().buffer() == null ? new byte[0] : request.body().buffer().getBytes();
    if (atOnce >= MOST_AT_ONCE) {
      throw BadRequestException.unavailable(
          "%d requests with events are under way: try again".formatted(atOnce));
    }
    atOnce++;
    long now = System.currentTimeMillis();
    request
        .vertx()
        .executeBlocking(
            () ->
                Sent.of(
                    EventLines.read(
                        isGzip(request) ? EventLines.inflate(body) : body,
                        run,
                        incarnation,
                        now,
                        gaps),
                    gaps),
            false)
        .recover(failure -> Future.failedFuture(explained(failure)))
        .compose(sent -> take(sent).map(receipt -> answer(sent, receipt)))
        .onComplete(done -> atOnce--)
        .onSuccess(
            answer ->
                new Encoded("application/json", false, Json.encode(answer)).send(request.request()))
        .onFailure(request::fail);
  }

  private Future<Receipt> take(Sent sent) {
    return link.take(sent.parcel())
        .recover(
            failure -> {
              String problem = String.valueOf(failure.getMessage());
              return Future.failedFuture(
                  failure instanceof RefusedException
                      ? BadRequestException.forbidden(problem)
                      : BadRequestException.unavailable(problem));
            });
  }

  private Answer answer(Sent sent, Receipt receipt) {
    EventParcel parcel = sent.parcel();
    RunAggregate run = runs.find(parcel.run());
    if (receipt.kind() == Admission.Kind.OUT_OF_ORDER) {
      throw outOfOrder(parcel, receipt.acknowledged() + 1);
    }
    if (run == null) {
      throw BadRequestException.unavailable("run '%s' has just left".formatted(parcel.run()));
    }
    if (receipt.kind() == Admission.Kind.SUPERSEDED) {
      throw superseded(parcel, run.incarnation());
    }
    int duplicates = sent.upTo(receipt.before());
    int accepted = parcel.count() - duplicates;
    if (accepted > 0) {
      run.countDuplicates(duplicates);
    }
    return new Answer(
        parcel.run(),
        parcel.incarnation(),
        receipt.acknowledged(),
        accepted,
        duplicates,
        accepted == 0 ? 0 : parcel.last() - Math.max(NONE, receipt.before()) - accepted,
        watches.of(run).snapshot().onset().channels().stream()
            .filter(channel -> channel.level() == OnsetLevel.RAISED)
            .map(ChannelSnapshot::channel)
            .map(channel -> channel.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  private static BadRequestException outOfOrder(EventParcel parcel, long expected) {
    return BadRequestException.conflict(
            ("sequence %d does not follow: %d is expected of incarnation %d. Send what is missing,"
                    + " or have it counted as missed with ?gaps=count")
                .formatted(parcel.after() + 1, expected, parcel.incarnation()))
        .with("expected", expected);
  }

  private static BadRequestException superseded(EventParcel parcel, long by) {
    return BadRequestException.conflict(
            "incarnation %d of run '%s' is over: %d has begun. A start of a run needs a greater one"
                .formatted(parcel.incarnation(), parcel.run(), by))
        .with(INCARNATION, by);
  }

  private static Throwable explained(Throwable failure) {
    if (failure instanceof UnreadableLinesException lines) {
      return BadRequestException.wrong(String.valueOf(lines.getMessage()))
          .with("lines", lines.problems());
    }
    return failure instanceof TooLongException
        ? BadRequestException.tooLong(String.valueOf(failure.getMessage()))
        : failure;
  }

  private static RunId run(String name) {
    try {
      return new RunId(name);
    } catch (IllegalArgumentException e) {
      throw BadRequestException.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static long incarnation(Parameters parameters) {
    if (parameters.one(INCARNATION, "").isEmpty()) {
      throw BadRequestException.parameter(
          INCARNATION,
          "is missing: use a number that grows with every start of the run, such as the time of the"
              + " start in milliseconds");
    }
    return parameters.whole(INCARNATION, 0, 0, Long.MAX_VALUE);
  }

  private static boolean gaps(Parameters parameters) {
    String gaps = parameters.one(GAPS, REFUSE);
    if (!gaps.equals(REFUSE) && !gaps.equals(COUNT)) {
      throw BadRequestException.parameter(GAPS, "'" + gaps + "' is unknown: use refuse or count");
    }
    return gaps.equals(COUNT);
  }

  /**
   * @param sequences of the parcel's events
   */
  private record Sent(EventParcel parcel, long[] sequences) {
    /**
     * @param gaps whether whoever sends holds nothing of what is missing before
     */
    static Sent of(List<EventEnvelope> envelopes, boolean gaps) {
      EventParcel settled = EventParcel.of(envelopes);
      EventParcel parcel =
          gaps
              ? settled
              : new EventParcel(
                  settled.run(),
                  settled.incarnation(),
                  settled.after(),
                  NONE,
                  settled.last(),
                  settled.count(),
                  settled.frames());
      return new Sent(parcel, envelopes.stream().mapToLong(EventEnvelope::sequence).toArray());
    }

    /** How many have at most this sequence. */
    int upTo(long sequence) {
      int count = 0;
      while (count < sequences.length && sequences[count] <= sequence) {
        count++;
      }
      return count;
    }
  }

  record Answer(
      RunId run,
      long incarnation,
      long acknowledged,
      int accepted,
      int duplicates,
      long missed,
      List<String> raised) {}
}
