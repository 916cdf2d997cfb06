package io.engram.collector.http;

import java.util.Collection;

/** A request that cannot be answered as it was asked; the message says what would be right. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  private BadRequestException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
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

  /** A body that is not what is taken. */
  static BadRequestException body(String problem) {
    return new BadRequestException(400, "the body " + problem);
  }

  /** A field of a body that is missing or impossible. */
  static BadRequestException field(String name, String problem) {
    return new BadRequestException(400, "field " + name + " " + problem);
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

  int status() {
    return status;
  }
}
