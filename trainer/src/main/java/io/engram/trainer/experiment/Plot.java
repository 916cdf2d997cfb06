package io.engram.trainer.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Lines and points between two axes.
 *
 * @param name of its file
 * @param title above it
 * @param x horizontal axis
 * @param y vertical axis
 * @param series what is drawn, the first at the back
 */
public record Plot(String name, String title, Axis x, Axis y, List<Series> series)
    implements Figure {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 460;
  private static final int LEFT = 70;
  private static final int RIGHT = 650;
  private static final int TOP = 40;
  private static final int BOTTOM = 400;
  private static final int COLOURS = 8;

  private static final String STYLE =
      """
      <style>
      svg{font:13px system-ui,sans-serif;background:#fff}
      text{fill:#333}.axis{stroke:#888}.grid{stroke:#e4e4e4}
      path{fill:none;stroke-width:1.8}.dashed{stroke-dasharray:6 4}
      .c0{stroke:#1f6fb2;color:#1f6fb2}.c1{stroke:#d9480f;color:#d9480f}
      .c2{stroke:#2b8a3e;color:#2b8a3e}.c3{stroke:#862e9c;color:#862e9c}
      .c4{stroke:#8f6f00;color:#8f6f00}.c5{stroke:#495057;color:#495057}
      .c6{stroke:#0b7285;color:#0b7285}.c7{stroke:#c2255c;color:#c2255c}
      circle,.band{fill:currentColor;stroke:none}.band{fill-opacity:.22}
      @media(prefers-color-scheme:dark){
      svg{background:#16181c}text{fill:#d5d8dc}.axis{stroke:#777}.grid{stroke:#2c3036}
      .c0{stroke:#6cb2f0;color:#6cb2f0}.c1{stroke:#ff922b;color:#ff922b}
      .c2{stroke:#69db7c;color:#69db7c}.c3{stroke:#da77f2;color:#da77f2}
      .c4{stroke:#ffd43b;color:#ffd43b}.c5{stroke:#ced4da;color:#ced4da}
      .c6{stroke:#66d9e8;color:#66d9e8}.c7{stroke:#faa2c1;color:#faa2c1}}
      </style>
      """;

  public Plot {
    series = List.copyOf(series);
  }

  @Override
  public String svg() {
    Axis.Scale across = x.scale(series.stream().flatMapToDouble(s -> DoubleStream.of(s.x())));
    Axis.Scale up = y.scale(series.stream().flatMapToDouble(s -> DoubleStream.of(s.y())));
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n%s"
            .formatted(WIDTH, HEIGHT, STYLE));
    text(svg, LEFT, 24, "start", 15, title);
    for (double tick : across.ticks()) {
      double at = across(across, tick);
      line(svg, "grid", at, TOP, at, BOTTOM);
      text(svg, at, BOTTOM + 18, "middle", 12, across.label(tick));
    }
    for (double tick : up.ticks()) {
      double at = up(up, tick);
      line(svg, "grid", LEFT, at, RIGHT, at);
      text(svg, LEFT - 8, at + 4, "end", 12, up.label(tick));
    }
    line(svg, "axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    line(svg, "axis", LEFT, TOP, LEFT, BOTTOM);
    text(svg, (LEFT + RIGHT) / 2.0, HEIGHT - 18, "middle", 13, x.label());
    svg.append("<g transform=\"translate(16 %d) rotate(-90)\">".formatted((TOP + BOTTOM) / 2));
    text(svg, 0, 0, "middle", 13, y.label());
    svg.append("</g>\n");
    List<String> names = series.stream().map(Series::name).distinct().toList();
    for (Series drawn : series) {
      draw(svg, drawn, names.indexOf(drawn.name()), across, up);
    }
    for (int n = 0; n < names.size(); n++) {
      legend(svg, names.get(n), n);
    }
    return svg.append("</svg>\n").toString();
  }

  private static String style(int index, Series.Mark mark) {
    String colour = "c%d".formatted(index % COLOURS);
    return switch (mark) {
      case DASHED -> colour + " dashed";
      case BAND -> colour + " band";
      case LINE, POINTS -> colour;
    };
  }

  private void draw(StringBuilder svg, Series drawn, int index, Axis.Scale across, Axis.Scale up) {
    String style = style(index, drawn.mark());
    if (drawn.mark() == Series.Mark.BAND) {
      band(svg, style, drawn, across, up);
      return;
    }
    boolean points = drawn.mark() == Series.Mark.POINTS;
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < drawn.x().length; i++) {
      double px = across(across, drawn.x()[i]);
      double py = up(up, drawn.y()[i]);
      boolean visible = Double.isFinite(px) && Double.isFinite(py);
      if (visible && points) {
        circle(svg, style, px, py);
      } else if (visible) {
        path.append(pen ? 'L' : 'M').append(number(px)).append(' ').append(number(py));
      }
      pen = visible;
    }
    if (!points) {
      path(svg, style, path.toString());
    }
  }

  /** Between neighbouring pairs of points, each a surface of its own. */
  private static void band(
      StringBuilder svg, String style, Series drawn, Axis.Scale across, Axis.Scale up) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i + 3 < drawn.x().length; i += 2) {
      StringBuilder corners = new StringBuilder();
      boolean visible = true;
      for (int corner : new int[] {i, i + 1, i + 3, i + 2}) {
        double px = across(across, drawn.x()[corner]);
        double py = up(up, drawn.y()[corner]);
        visible &= Double.isFinite(px) && Double.isFinite(py);
        corners.append(corner == i ? 'M' : 'L').append(number(px)).append(' ').append(number(py));
      }
      path.append(visible ? corners.append('Z') : "");
    }
    path(svg, style, path.toString());
  }

  /** The most telling mark of the series of a name: its line, if it has one. */
  private void legend(StringBuilder svg, String name, int index) {
    Series.Mark mark =
        series.stream()
            .filter(drawn -> drawn.name().equals(name))
            .map(Series::mark)
            .max(Comparator.comparing(each -> each == Series.Mark.LINE))
            .orElseThrow();
    int height = TOP + 14 + 22 * index;
    if (mark == Series.Mark.POINTS) {
      circle(svg, style(index, mark), RIGHT + 32, height - 4);
    } else {
      path(svg, style(index, mark), "M%d %dH%d".formatted(RIGHT + 18, height - 4, RIGHT + 46));
    }
    text(svg, RIGHT + 54, height, "start", 13, name);
  }

  private static double across(Axis.Scale scale, double value) {
    return LEFT + (RIGHT - LEFT) * scale.at(value);
  }

  private static double up(Axis.Scale scale, double value) {
    return BOTTOM - (BOTTOM - TOP) * scale.at(value);
  }

  private static void circle(StringBuilder svg, String style, double x, double y) {
    svg.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2\"/>%n"
            .formatted(style, number(x), number(y)));
  }

  private static void path(StringBuilder svg, String style, String path) {
    svg.append("<path class=\"%s\" d=\"%s\"/>%n".formatted(style, path));
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    svg.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, int size, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n"
            .formatted(number(x), number(y), anchor, size, escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
