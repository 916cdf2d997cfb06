package io.engram.trainer.experiment;

import io.engram.trainer.text.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers in rows.
 *
 * @param name of its file, without an ending
 * @param caption one line above it
 * @param header a word a column
 * @param rows a text or a number a column
 */
public record Table(String name, String caption, List<String> header, List<List<Object>> rows) {
  private static final int READABLE = 60;
  private static final int READABLE_COLUMNS = 16;

  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Object> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "table %s: row %s has not the %d columns of %s"
                .formatted(name, row, header.size(), header));
      }
    }
  }

  /** Whether it is to be read as a whole; otherwise its file is for a program. */
  public boolean isShort() {
    return rows.size() <= READABLE && header.size() <= READABLE_COLUMNS;
  }

  /** Aligned, numbers shortened to four digits. */
  public String text() {
    return TextTable.format(
        header, rows.stream().map(row -> row.stream().map(Table::text).toList()).toList());
  }

  /** As RFC 4180 has it, numbers in full. */
  public String csv() {
    return Stream.concat(Stream.of(header), rows.stream())
        .map(row -> row.stream().map(Table::quoted).collect(Collectors.joining(",")) + "\r\n")
        .collect(Collectors.joining());
  }

  /** As it is read: a number shortened to four digits. */
  public static String text(Object cell) {
    return cell instanceof Double number ? shortened(number) : String.valueOf(cell);
  }

  private static String shortened(double number) {
    double size = Math.abs(number);
    if (number == Math.rint(number) && size < 1e6) {
      return String.format(Locale.ROOT, "%.0f", number);
    }
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.3g", number);
    }
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  private static String quoted(Object cell) {
    String text = String.valueOf(cell);
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
