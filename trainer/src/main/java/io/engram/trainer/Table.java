package io.engram.trainer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns, the first flush left, the others flush right. */
final class Table {
  private Table() {}

  static String format(List<String> header, List<List<String>> rows) {
    int[] widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = header.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder(line(header, widths));
    rows.forEach(row -> table.append(line(row, widths)));
    return table.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
            .mapToObj(
                column ->
                    String.format(
                        column == 0 ? "%-" + widths[column] + "s" : "%" + widths[column] + "s",
                        cells.get(column)))
            .collect(Collectors.joining("   "))
        + System.lineSeparator();
  }
}
