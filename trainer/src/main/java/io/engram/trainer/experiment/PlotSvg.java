package io.engram.trainer.experiment;

import io.engram.trainer.spec.InvalidSettingException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;
import org.w3c.dom.Document;

/** Draws a plot by JFreeChart, and writes it as SVG by Batik. Text stays text. */
final class PlotSvg {
  static final int WIDTH = 900;
  static final int HEIGHT = 460;
  static final Color INK = new Color(0x333334);
  static final Color LINE = new Color(0x888889);
  static final Color GRID = new Color(0xe4e4e5);

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private final Plot plot;
  private final List<String> names;

  private PlotSvg(Plot plot) {
    this.plot = plot;
    names = plot.series().stream().map(Series::name).distinct().toList();
  }

  /**
   * @throws InvalidSettingException if this machine has no fonts to measure text by
   */
  static String of(Plot plot) {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    try {
      return PageSvg.of(new PlotSvg(plot).drawn(), plot.title());
    } catch (LinkageError | InternalError e) {
      throw new InvalidSettingException(
          "",
          "plots need fonts (packages fontconfig and fonts-dejavu-core of Debian), then run"
              + " engram experiment report: "
              + e);
    }
  }

  private String drawn() {
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
    chart().draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    StringWriter svg = new StringWriter();
    try {
      graphics.stream(svg, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return svg.toString();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private JFreeChart chart() {
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    XYPlot area = new XYPlot();
    area.setBackgroundPaint(null);
    area.setOutlineVisible(false);
    area.setDomainGridlinePaint(GRID);
    area.setRangeGridlinePaint(GRID);
    area.setDomainGridlineStroke(new BasicStroke(1));
    area.setRangeGridlineStroke(new BasicStroke(1));
    area.setAxisOffset(RectangleInsets.ZERO_INSETS);
    area.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    area.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    area.setDomainAxis(axis(plot.x(), values(Series::x), new RectangleInsets(2, 18, 2, 18)));
    area.setRangeAxis(axis(plot.y(), values(Series::y), new RectangleInsets(14, 4, 14, 4)));
    for (int i = 0; i < plot.series().size(); i++) {
      Series series = plot.series().get(i);
      DrawnSeries drawn = DrawnSeries.of(series, plot, look(series.name()));
      area.setDataset(i, drawn.data());
      area.setRenderer(i, drawn.renderer());
    }
    area.setFixedLegendItems(legend());
    JFreeChart chart = new JFreeChart(plot.title(), TITLE, area, true);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(6, 6, 6, 6));
    chart.getTitle().setPaint(INK);
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    style(chart.getLegend());
    return chart;
  }

  private static void style(LegendTitle legend) {
    legend.setPosition(RectangleEdge.RIGHT);
    legend.setVerticalAlignment(VerticalAlignment.TOP);
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(LABEL);
    legend.setItemPaint(INK);
  }

  private Look look(String name) {
    return Look.of(names.indexOf(name));
  }

  /** Names in their order, each with the marks and lines of all its series. */
  private LegendItemCollection legend() {
    LegendItemCollection legend = new LegendItemCollection();
    for (String name : names) {
      List<Series> own = plot.series().stream().filter(s -> s.name().equals(name)).toList();
      boolean marks =
          own.stream()
              .anyMatch(
                  series ->
                      series.mark() == Series.Mark.POINTS
                          || DrawnSeries.marked(series, plot).length > 0);
      boolean lines = own.stream().anyMatch(series -> series.mark() != Series.Mark.POINTS);
      Color colour = look(name).light;
      LegendItem item =
          new LegendItem(
              name,
              null,
              null,
              null,
              marks,
              look(name).mark,
              true,
              colour,
              false,
              colour,
              new BasicStroke(1),
              lines,
              new Line2D.Double(-12, 0, 12, 0),
              DrawnSeries.stroke(own.get(own.size() - 1)),
              colour);
      legend.add(item);
    }
    return legend;
  }

  private double[] values(Function<Series, double[]> of) {
    return plot.series().stream()
        .flatMapToDouble(
            series ->
                IntStream.of(DrawnSeries.visible(series, plot))
                    .mapToDouble(i -> of.apply(series)[i]))
        .toArray();
  }

  /**
   * @param around a number at the axis, so that they do not stand too close
   */
  private static NumberAxis axis(Axis axis, double[] values, RectangleInsets around) {
    NumberAxis drawn = new NumberAxis(axis.label());
    drawn.setAutoRangeIncludesZero(false);
    drawn.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    if (axis.logarithmic()) {
      double low = Math.floor(Math.log10(DoubleStream.of(values).min().orElse(1)));
      double high = Math.ceil(Math.log10(DoubleStream.of(values).max().orElse(10)));
      drawn.setTickUnit(new NumberTickUnit(1, new Decades()));
      drawn.setRange(low, Math.max(high, low + 1));
    }
    drawn.setLabelFont(LABEL);
    drawn.setLabelPaint(INK);
    drawn.setTickLabelFont(TICK);
    drawn.setTickLabelPaint(INK);
    drawn.setTickLabelInsets(around);
    drawn.setAxisLinePaint(LINE);
    drawn.setTickMarkPaint(LINE);
    return drawn;
  }
}
