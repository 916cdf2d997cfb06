package io.engram.trainer.experiment;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Makes a picture that Batik wrote fit to stand beside others in a page: it takes the page's width,
 * has ids of its own, and lighter colours on a dark screen.
 */
final class PageSvg {
  private static final Pattern ID = Pattern.compile("(?<=\\sid=\")[^\"]+(?=\")");
  private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*>");
  private static final Pattern SIZE = Pattern.compile("\\s(width|height)=\"[^\"]*\"");

  private PageSvg() {}

  static String of(String drawn, String title) {
    Matcher root = ROOT.matcher(drawn);
    if (!root.find()) {
      throw new IllegalArgumentException("it is no SVG document: " + drawn);
    }
    String open = SIZE.matcher(root.group()).replaceAll("").replaceFirst("<svg\\b", "");
    String svg =
        "<svg id=\"root\" role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\"%s%n%s%s"
            .formatted(
                PlotSvg.WIDTH,
                PlotSvg.HEIGHT,
                escaped(title),
                open,
                style(),
                drawn.substring(root.end()));
    return named(svg, hash(svg)).strip() + "\n";
  }

  /** Pictures that differ have ids that differ. */
  private static String hash(String svg) {
    CRC32 crc = new CRC32();
    crc.update(svg.getBytes(StandardCharsets.UTF_8));
    return "p%08x".formatted(crc.getValue());
  }

  private static String named(String svg, String prefix) {
    Map<String, String> ids = new LinkedHashMap<>();
    Matcher found = ID.matcher(svg);
    while (found.find()) {
      ids.putIfAbsent(found.group(), "%s-%d".formatted(prefix, ids.size()));
    }
    String named = svg;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      named =
          named
              .replace("id=\"%s\"".formatted(id.getKey()), "id=\"%s\"".formatted(id.getValue()))
              .replace("#%s)".formatted(id.getKey()), "#%s)".formatted(id.getValue()))
              .replace("#%s ".formatted(id.getKey()), "#%s ".formatted(id.getValue()));
    }
    return named;
  }

  private static String style() {
    StringBuilder style = new StringBuilder("<style>\n@media screen and");
    style.append(" (prefers-color-scheme:dark){\n");
    recolour(style, PlotSvg.INK, new Color(0xd5d8dc));
    recolour(style, PlotSvg.LINE, new Color(0x777777));
    recolour(style, PlotSvg.GRID, new Color(0x2c3036));
    for (Look look : Look.values()) {
      recolour(style, look.light, look.dark);
    }
    return style.append("}\n</style>\n").toString();
  }

  private static void recolour(StringBuilder style, Color light, Color dark) {
    for (String property : new String[] {"stroke", "fill"}) {
      style.append(
          "#root [%s=\"%s\"]{%s:%s}%n".formatted(property, rgb(light), property, rgb(dark)));
    }
  }

  private static String rgb(Color colour) {
    return "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
