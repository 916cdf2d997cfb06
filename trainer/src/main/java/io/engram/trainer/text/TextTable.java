package io.engram.trainer.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns: those of numbers flush right, the others flush left. */
public final class TextTable {
  private static final Pattern NUMBER = Pattern.compile("-|NaN|[-+]?[0-9].*[0-9%]|[-+]?[0-9]");

  private TextTable() {}

  /** Header and rows, a line each. */
  public static String format(List<String> header, List<List<String>> rows) {
    List<String> columns =
        IntStream.range(0, header.size()).mapToObj(column -> column(column, header, rows)).toList();
    return line(columns, header)
        + rows.stream().map(row -> line(columns, row)).collect(Collectors.joining());
  }

  /** The format of a column's cells. */
  private static String column(int column, List<String> header, List<List<String>> rows) {
    List<String> cells = rows.stream().map(row -> row.get(column)).toList();
    int width =
        Math.max(
            header.get(column).length(), cells.stream().mapToInt(String::length).max().orElse(0));
    boolean numbers = cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
    return "%" + (numbers ? "" : "-") + width + "s";
  }

  private static String line(List<String> columns, List<String> cells) {
    return IntStream.range(0, columns.size())
            .mapToObj(column -> String.format(columns.get(column), cells.get(column)))
            .collect(Collectors.joining("   "))
            .stripTrailing()
        + System.lineSeparator();
  }
}
