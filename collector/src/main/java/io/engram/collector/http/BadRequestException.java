package io.engram.collector.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that cannot be answered as it was asked; the message says what would be right. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, Object> details;

  private BadRequestException(int status, String message) {
    this(status, message, Map.of());
  }

  private BadRequestException(int status, String message, Map<String, Object> details) {
    super(message, null, false, false);
    this.status = status;
    this.details = details;
  }

  /** The same with fields for programs beside the message. */
  BadRequestException with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new BadRequestException(status, String.valueOf(getMessage()), more);
  }

  /** A parameter that is missing, unknown or impossible. */
  static BadRequestException parameter(String name, String problem) {
    return new BadRequestException(400, "parameter " + name + " " + problem);
  }

  /** Names of series that are missing or not all known. */
  static BadRequestException unknownSeries(Collection<String> names, Collection<String> known) {
    return parameter(
        "name",
        (names.isEmpty() ? "is missing" : "'" + String.join("', '", names) + "' is unknown")
            + (known.isEmpty()
                ? ": there is no series yet"
                : ": use one or more of " + String.join(", ", known)));
  }

  /** Something that is not what is taken, and says so itself. */
  static BadRequestException wrong(String message) {
    return new BadRequestException(400, message);
  }

  /** A body that is not what is taken. */
  static BadRequestException body(String problem) {
    return new BadRequestException(400, "the body " + problem);
  }

  /** A field of a body that is missing or impossible. */
  static BadRequestException field(String name, String problem) {
    return new BadRequestException(400, "field " + name + " " + problem);
  }

  /** A request without a token, where one is needed. */
  static BadRequestException unauthenticated(String message) {
    return new BadRequestException(401, message);
  }

  /** Something that whoever asks may not. */
  static BadRequestException forbidden(String message) {
    return new BadRequestException(403, message);
  }

  /** Something that the state of a run does not allow. */
  static BadRequestException conflict(String message) {
    return new BadRequestException(409, message);
  }

  /** A body in another format than is taken. */
  static BadRequestException unsupported(String message) {
    return new BadRequestException(415, message);
  }

  /** Something that is not there. */
  static BadRequestException notFound(String message) {
    return new BadRequestException(404, message);
  }

  /** Something that a run was asked for, and answered wrongly. */
  static BadRequestException badGateway(String message) {
    return new BadRequestException(502, message);
  }

  /** Something that a run was asked for, and did not answer. */
  static BadRequestException timeout(String message) {
    return new BadRequestException(504, message);
  }

  /** A body that is larger than what is taken. */
  static BadRequestException tooLong(String message) {
    return new BadRequestException(413, message);
  }

  /** Something that cannot be done now, and may be asked for again. */
  static BadRequestException unavailable(String message) {
    return new BadRequestException(503, message);
  }

  int status() {
    return status;
  }

  Map<String, Object> details() {
    return details;
  }
}
