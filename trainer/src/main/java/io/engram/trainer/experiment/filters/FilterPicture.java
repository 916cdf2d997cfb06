package io.engram.trainer.experiment.filters;

import io.engram.trainer.experiment.Figure;
import java.util.List;
import java.util.Locale;

/**
 * Filters as images, a row a network: three channels as red, green and blue, otherwise the first
 * one grey. Each filter is stretched from its least weight, dark, to its greatest.
 *
 * @param name of its file
 * @param title above it
 * @param rows the networks, from above
 */
record FilterPicture(String name, String title, List<Row> rows) implements Figure {
  private static final int SHOWN = 16;
  private static final int PIXEL = 7;
  private static final int GAP = 6;
  private static final int TOP = 34;
  private static final int CAPTION = 20;
  private static final int LEFT = 10;

  /**
   * One network's.
   *
   * @param words above them; may hold anything
   */
  record Row(String words, FilterBank filters) {}

  FilterPicture {
    rows = List.copyOf(rows);
  }

  @Override
  public String svg() {
    int width = 0;
    int height = TOP;
    StringBuilder body = new StringBuilder();
    for (Row row : rows) {
      FilterBank bank = row.filters();
      text(body, LEFT, height + 13, 13, row.words());
      height += CAPTION;
      int shown = Math.min(SHOWN, bank.filters());
      for (int filter = 0; filter < shown; filter++) {
        int x = LEFT + filter * (bank.width() * PIXEL + GAP);
        draw(body, bank, filter, x, height);
        width = Math.max(width, x + bank.width() * PIXEL + LEFT);
      }
      height += bank.height() * PIXEL + GAP;
    }
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    svg.append(Math.max(width, 400)).append(' ').append(height);
    svg.append("\" role=\"img\" font-family=\"system-ui,sans-serif\" fill=\"currentColor\">\n");
    text(svg, LEFT, 20, 15, title);
    return svg.append(body).append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, FilterBank bank, int filter, int left, int top) {
    double[] values = bank.stretched(filter);
    int area = bank.height() * bank.width();
    svg.append("<g shape-rendering=\"crispEdges\" transform=\"translate(");
    svg.append(left).append(' ').append(top).append(") scale(").append(PIXEL).append(")\">");
    for (int i = 0; i < area; i++) {
      svg.append("<rect x=\"").append(i % bank.width());
      svg.append("\" y=\"").append(i / bank.width());
      svg.append("\" width=\"1\" height=\"1\" fill=\"#");
      for (int channel = 0; channel < 3; channel++) {
        double value = values[(bank.channels() == 3 ? channel : 0) * area + i];
        svg.append(String.format(Locale.ROOT, "%02x", Math.round(255 * value)));
      }
      svg.append("\"/>");
    }
    svg.append("</g>\n");
  }

  private static void text(StringBuilder svg, int x, int y, int size, String words) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y);
    svg.append("\" font-size=\"").append(size).append("\">");
    svg.append(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    svg.append("</text>\n");
  }
}
