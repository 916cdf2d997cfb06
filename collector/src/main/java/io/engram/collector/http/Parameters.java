package io.engram.collector.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The query of a request, read strictly: what is not understood is refused, never ignored. */
final class Parameters {
  private final MultiMap query;

  /**
   * @throws BadRequestException if the query has a parameter that is not among {@code known}
   */
  Parameters(MultiMap query, String... known) {
    this.query = query;
    Set<String> unknown = new TreeSet<>(query.names());
    unknown.removeAll(Set.of(known));
    if (!unknown.isEmpty()) {
      throw BadRequestException.parameter(
          unknown.iterator().next(),
          known.length == 0
              ? "is unknown: none is taken here"
              : "is unknown: use " + String.join(", ", known));
    }
  }

  /** All values of a parameter, in their order; empty where it is missing. */
  List<String> all(String name) {
    return query.getAll(name);
  }

  /** The one value of a parameter, or {@code otherwise} where it is missing. */
  String one(String name, String otherwise) {
    List<String> values = query.getAll(name);
    if (values.size() > 1) {
      throw BadRequestException.parameter(name, "is given more than once");
    }
    return values.isEmpty() ? otherwise : values.get(0);
  }

  /** A whole number in a range, or {@code otherwise} where it is missing. */
  long whole(String name, long otherwise, long least, long most) {
    String text = one(name, Long.toString(otherwise));
    String problem =
        "'%s' is not a whole number from %d%s"
            .formatted(text, least, most == Long.MAX_VALUE ? " on" : " to " + most);
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw BadRequestException.parameter(name, problem);
    }
    throw BadRequestException.parameter(name, problem);
  }
}
