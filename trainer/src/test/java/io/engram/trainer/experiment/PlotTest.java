package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class PlotTest {
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
  private static final Pattern POINT = Pattern.compile("[ML](-?[0-9.]+) (-?[0-9.]+)");
  private static final String BLUE = "rgb(0,114,178)";
  private static final String VERMILION = "rgb(213,94,0)";

  private static Plot plot(Axis x, Axis y, Series... series) {
    return new Plot("p", "a < b & \"c\"", x, y, List.of(series));
  }

  private static double[] values(double... values) {
    return values;
  }

  @Test
  void linesGoFromTheLowerLeftToTheUpperRightAndEveryWordIsText() throws Exception {
    Document svg =
        parse(
            plot(
                Axis.of("steps, <n>"),
                Axis.of("loss & more"),
                Series.line("l'1", values(0, 10), values(-1, 1)),
                Series.points("p", values(5, Double.NaN), values(0, 0))));

    List<double[]> line = line(svg, BLUE);
    assertThat(line).hasSize(2);
    assertThat(line.get(1)[0]).isGreaterThan(line.get(0)[0] + 400);
    assertThat(line.get(1)[1]).isLessThan(line.get(0)[1] - 200);
    assertThat(marks(svg, VERMILION)).as("one, and in the legend").isEqualTo(2);
    assertThat(texts(svg))
        .contains("a < b & \"c\"", "steps, <n>", "loss & more", "l'1", "p", "0", "10");
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 900 460");
    assertThat(svg.getDocumentElement().hasAttribute("width")).isFalse();
  }

  @Test
  void decadesAreEquallyFarApartAndWhatIsNotAboveZeroInterruptsTheLine() throws Exception {
    Document svg =
        parse(
            plot(
                Axis.log("x"),
                Axis.of("y"),
                Series.line("l", values(1, 10, 0, 10, 100), values(0, 0, 0, 0, 1))));

    List<double[]> line = line(svg, BLUE);
    assertThat(line).as("two lines of two points").hasSize(4);
    assertThat(line.get(1)[0] - line.get(0)[0])
        .isCloseTo(line.get(3)[0] - line.get(2)[0], within(0.01));
    assertThat(line.get(2)[0]).isEqualTo(line.get(1)[0]);
    assertThat(texts(svg)).contains("1", "10", "100").doesNotContain("0.1", "1000");
  }

  @Test
  void aBandIsASurfaceOfItsNamesColourBetweenGaps() throws Exception {
    double[] x = {0, 5, 10, 15, 20};
    double[] high = {1, 2, Double.NaN, 2, 1};
    String svg =
        plot(
                Axis.of("x"),
                Axis.of("y"),
                Series.line("other", x, high),
                Series.band("a", x, new double[5], high),
                Series.line("a", x, high))
            .svg();

    Document document = parse(svg);
    List<Element> filled = new ArrayList<>();
    for (Element path : paths(document)) {
      if (path.getAttribute("opacity").equals("0.2")) {
        filled.add(path);
      }
    }
    assertThat(filled).as("before the gap and after it").hasSize(2);
    assertThat(filled).allSatisfy(p -> assertThat(effective(p, "fill")).isEqualTo(VERMILION));
    assertThat(texts(document)).containsOnlyOnce("a");
  }

  @Test
  void whatNoLineJoinsHasAMarkAndLongLinesHaveNone() throws Exception {
    double[] x = IntStream.range(0, 100).asDoubleStream().toArray();
    double[] y = x.clone();
    y[50] = Double.NaN;
    y[52] = Double.NaN;

    assertThat(marks(parse(plot(Axis.of("x"), Axis.of("y"), Series.line("l", x, y))), BLUE))
        .as("point 51, and the legend")
        .isEqualTo(2);
  }

  @Test
  void nothingToDrawIsAnEmptyPlot() throws Exception {
    Series nothing = Series.line("l", values(Double.NaN), values(Double.NaN));

    assertThat(texts(parse(plot(Axis.log("x"), Axis.of("y"), nothing)))).contains("x", "y", "l");
    assertThat(texts(parse(plot(Axis.of("x"), Axis.log("y"))))).contains("x", "y");
    assertThat(
            texts(
                parse(
                    plot(
                        Axis.log("x"),
                        Axis.of("y"),
                        Series.band("b", values(), values(), values()),
                        Series.line("zero", values(0), values(0))))))
        .contains("b", "zero");
  }

  @Test
  void theSameDataAreTheSameBytesEverywhereAndNoTwoPicturesShareAnId() {
    Locale before = Locale.getDefault();
    Plot one = plot(Axis.of("x"), Axis.of("y"), Series.line("l", values(0, 1e4), values(0, .5)));
    Plot other = plot(Axis.of("x"), Axis.of("y"), Series.line("m", values(0, 1e4), values(0, .5)));
    String drawn = one.svg();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(one.svg()).isEqualTo(drawn);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(ids(drawn)).isNotEmpty().doesNotHaveDuplicates();
    assertThat(ids(drawn)).doesNotContainAnyElementsOf(ids(other.svg()));
    Matcher reference = Pattern.compile("#(p[0-9a-f]{8}-\\d+)").matcher(drawn);
    assertThat(reference.results().map(found -> found.group(1)).distinct().toList())
        .isNotEmpty()
        .isSubsetOf(ids(drawn));
    assertThat(drawn).doesNotContain("<image", "<?xml", "<!DOCTYPE");
  }

  @Test
  void everyColourHasALighterTwinOnADarkScreen() {
    String svg = plot(Axis.of("x"), Axis.of("y")).svg();

    assertThat(svg).contains("@media screen and (prefers-color-scheme:dark)");
    for (Look look : Look.values()) {
      assertThat(luminance(look.light)).as("on white, %s", look).isLessThan(0.35);
      assertThat(luminance(look.dark)).as("on black, %s", look).isGreaterThan(0.3);
    }
  }

  /** Relative luminance, 0 to 1 (WCAG 2). */
  private static double luminance(Color colour) {
    float[] rgb = colour.getRGBColorComponents(null);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum +=
          weights[i]
              * (rgb[i] <= 0.03928 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static List<String> ids(String svg) {
    return ID.matcher(svg).results().map(found -> found.group(1)).toList();
  }

  private static Document parse(Plot plot) throws Exception {
    return parse(plot.svg());
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document svg) {
    NodeList all = svg.getElementsByTagName("text");
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> all.item(i).getTextContent().strip())
        .toList();
  }

  private static List<Element> paths(Document svg) {
    List<Element> paths = new ArrayList<>();
    NodeList all = svg.getElementsByTagName("path");
    for (int i = 0; i < all.getLength(); i++) {
      Element path = (Element) all.item(i);
      if (!path.getParentNode().getNodeName().equals("clipPath")) {
        paths.add(path);
      }
    }
    return paths;
  }

  /** Its own attribute, or that of whoever it is in. */
  private static String effective(Element element, String attribute) {
    for (Node at = element; at instanceof Element there; at = at.getParentNode()) {
      if (there.hasAttribute(attribute)) {
        return there.getAttribute(attribute);
      }
    }
    return "";
  }

  /** Points of the lines of a colour, the legend's left out. */
  private static List<double[]> line(Document svg, String colour) {
    List<double[]> points = new ArrayList<>();
    for (Element path : paths(svg)) {
      if (effective(path, "stroke").equals(colour) && effective(path, "fill").equals("none")) {
        POINT
            .matcher(path.getAttribute("d"))
            .results()
            .map(p -> values(Double.parseDouble(p.group(1)), Double.parseDouble(p.group(2))))
            .forEach(points::add);
      }
    }
    return points.subList(2, points.size());
  }

  private static long marks(Document svg, String colour) {
    return paths(svg).stream()
        .filter(path -> effective(path, "fill").equals(colour))
        .filter(path -> effective(path, "stroke").equals("none"))
        .count();
  }
}
