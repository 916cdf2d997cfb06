package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PlotTest {
  @Test
  void drawsFromTheLowerLeftToTheUpperRight() throws Exception {
    Document svg =
        parse(
            new Plot(
                "p",
                "a < b & c",
                Axis.of("x"),
                Axis.of("y"),
                List.of(
                    Series.line("l", new double[] {0, 10}, new double[] {-1, 1}),
                    Series.points("p", new double[] {5, Double.NaN}, new double[] {0, 0}))));

    assertThat(attribute(svg, "path", "d", 0)).isEqualTo("M70.0 400.0L650.0 40.0");
    assertThat(attribute(svg, "circle", "cx", 0)).isEqualTo("360.0");
    assertThat(attribute(svg, "circle", "cy", 0)).isEqualTo("220.0");
    assertThat(svg.getElementsByTagName("circle").getLength())
        .as("one and its legend")
        .isEqualTo(2);
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a < b & c");
  }

  @Test
  void decadesAreEquallyFarApartAndWhatIsNotAboveZeroInterruptsTheLine() throws Exception {
    Document svg =
        parse(
            new Plot(
                "p",
                "p",
                Axis.log("x"),
                Axis.of("y"),
                List.of(
                    Series.line("l", new double[] {1, 10, 0, 100}, new double[] {0, 0, 0, 1}))));

    assertThat(attribute(svg, "path", "d", 0)).isEqualTo("M70.0 400.0L360.0 400.0M650.0 40.0");
  }

  @Test
  void aBandIsASurfaceInTheColourOfTheLineOfItsName() throws Exception {
    double[] x = {0, 5, 10};
    double[] gap = {0, Double.NaN, 1};
    Document svg =
        parse(
            new Plot(
                "p",
                "p",
                Axis.of("x"),
                Axis.of("y"),
                List.of(
                    Series.line("other", x, gap),
                    Series.band("a", x, new double[] {0, 0, 0}, new double[] {1, 0.5, 1}),
                    Series.band("gap", x, gap, gap),
                    Series.line("a", x, gap))));

    assertThat(attribute(svg, "path", "d", 1))
        .isEqualTo(
            "M70.0 400.0L70.0 40.0L360.0 220.0L360.0 400.0Z"
                + "M360.0 400.0L360.0 220.0L650.0 40.0L650.0 400.0Z");
    assertThat(attribute(svg, "path", "class", 1)).isEqualTo("c1 band");
    assertThat(attribute(svg, "path", "d", 2)).as("interrupted").isEmpty();
    assertThat(attribute(svg, "path", "class", 3)).isEqualTo("c1");
    assertThat(attribute(svg, "path", "class", 5)).as("legend of a").isEqualTo("c1");
    assertThat(svg.getElementsByTagName("path").getLength()).as("4 and 3 of legend").isEqualTo(7);
  }

  @Test
  void nothingToDrawIsAnEmptyPlot() throws Exception {
    Series nothing = Series.line("l", new double[] {Double.NaN}, new double[] {Double.NaN});

    assertThat(
            parse(new Plot("p", "p", Axis.log("x"), Axis.of("y"), List.of(nothing)))
                .getElementsByTagName("path")
                .item(0)
                .getAttributes()
                .getNamedItem("d")
                .getNodeValue())
        .isEmpty();
  }

  @Test
  void ticksAreRoundNumbersThatHoldAllValues() {
    assertThat(Axis.of("x").scale(java.util.stream.DoubleStream.of(0.13, 0.97)).ticks())
        .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
    Axis.Scale fine = Axis.of("x").scale(java.util.stream.DoubleStream.of(0.13, 0.97));
    assertThat(fine.label(fine.ticks().get(3))).isEqualTo("0.6");
    assertThat(Axis.log("x").scale(java.util.stream.DoubleStream.of(2, 3000)).ticks())
        .containsExactly(1.0, 10.0, 100.0, 1000.0, 10000.0);
  }

  private static Document parse(Plot plot) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
  }

  private static String attribute(Document svg, String element, String attribute, int index) {
    NodeList all = svg.getElementsByTagName(element);
    return all.item(index).getAttributes().getNamedItem(attribute).getNodeValue();
  }
}
