package io.engram.trainer.experiment;

import io.engram.trainer.spec.InvalidSettingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something that can be set about an experiment: {@code --name VALUE}.
 *
 * @param name lower case, words joined by hyphens, without the leading ones
 * @param kind what its value is
 * @param fallback its value where none is given, as a user would write it
 * @param least least value, of each element of a list
 * @param most largest value, of each element of a list
 * @param choices of {@link Kind#CHOICES}, whose value is its place among them
 * @param description one line
 */
public record Parameter(
    String name,
    Kind kind,
    String fallback,
    double least,
    double most,
    List<String> choices,
    String description) {

  /** What a value is. */
  public enum Kind {
    WHOLE("a whole number"),
    NUMBER("a number"),
    /** With commas between. */
    WHOLES("whole numbers separated by commas, each"),
    FLAG("true or false"),
    /** With commas between. */
    NUMBERS("numbers separated by commas, each"),
    /** Different words, with commas between. */
    CHOICES("different words separated by commas, each one of");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** What stands for it in a usage message. */
    public String label() {
      return switch (this) {
        case FLAG -> "true|false";
        case CHOICES -> "WORD,…";
        case WHOLES, NUMBERS -> "N,N,…";
        case WHOLE, NUMBER -> "N";
      };
    }

    private boolean whole() {
      return this == WHOLE || this == WHOLES;
    }

    private boolean list() {
      return this == WHOLES || this == NUMBERS;
    }
  }

  /** A whole number, at least {@code least}. */
  public static Parameter whole(String name, int fallback, int least, String description) {
    return new Parameter(
        name,
        Kind.WHOLE,
        String.valueOf(fallback),
        least,
        Integer.MAX_VALUE,
        List.of(),
        description);
  }

  /** A number, at least {@code least} and at most {@code most}. */
  public static Parameter number(
      String name, double fallback, double least, double most, String description) {
    return new Parameter(
        name, Kind.NUMBER, String.valueOf(fallback), least, most, List.of(), description);
  }

  /** True or false. */
  public static Parameter flag(String name, boolean fallback, String description) {
    return new Parameter(name, Kind.FLAG, String.valueOf(fallback), 0, 1, List.of(), description);
  }

  /** Whole numbers, each at least {@code least}. */
  public static Parameter wholes(
      String name, List<Integer> fallback, int least, String description) {
    return new Parameter(
        name, Kind.WHOLES, joined(fallback), least, Integer.MAX_VALUE, List.of(), description);
  }

  /** Numbers, each at least {@code least} and at most {@code most}. */
  public static Parameter numbers(
      String name, List<Double> fallback, double least, double most, String description) {
    return new Parameter(name, Kind.NUMBERS, joined(fallback), least, most, List.of(), description);
  }

  /** Different words of these, one or more. */
  public static Parameter choices(
      String name, List<String> fallback, List<String> choices, String description) {
    return new Parameter(
        name, Kind.CHOICES, joined(fallback), 0, choices.size() - 1, choices, description);
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * @throws InvalidSettingException if the text is not a value of it
   */
  List<Double> parse(String text) {
    if (kind == Kind.FLAG) {
      return List.of(flag(text));
    }
    if (kind == Kind.CHOICES) {
      return chosen(text);
    }
    try {
      List<Double> values =
          Arrays.stream(text.split(",", -1))
              .map(part -> kind.whole() ? Integer.parseInt(part.strip()) : number(part))
              .toList();
      boolean possible =
          (kind.list() || values.size() == 1)
              && values.stream().allMatch(value -> value >= least && value <= most);
      if (possible) {
        return values;
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private double flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new InvalidSettingException(
          "--" + name, "is '%s', must be true or false".formatted(text));
    }
    return text.equals("true") ? 1 : 0;
  }

  private List<Double> chosen(String text) {
    List<Double> places =
        Arrays.stream(text.split(",", -1))
            .map(word -> (double) choices.indexOf(word.strip()))
            .toList();
    if (places.contains(-1.0) || places.stream().distinct().count() < places.size()) {
      throw new InvalidSettingException(
          "--" + name,
          "is '%s', must be %s %s".formatted(text, kind.words, String.join(", ", choices)));
    }
    return places;
  }

  private static double number(String text) {
    return Double.parseDouble(text.strip());
  }

  private InvalidSettingException wrong(String text) {
    String range =
        most < Integer.MAX_VALUE
            ? "between %s and %s".formatted(plain(least), plain(most))
            : "of at least " + plain(least);
    return new InvalidSettingException(
        "--" + name, "is '%s', must be %s %s".formatted(text, kind.words, range));
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
