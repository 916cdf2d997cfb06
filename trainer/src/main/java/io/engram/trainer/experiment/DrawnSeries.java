package io.engram.trainer.experiment;

import java.awt.BasicStroke;
import java.awt.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A series as JFreeChart takes it: every stretch without a gap a series of its own, then the points
 * that have a mark.
 */
record DrawnSeries(XYDataset data, XYItemRenderer renderer) {
  /** Lines of more points have marks only where no line joins them. */
  private static final int MOST_MARKED = 40;

  private static final float BAND_OPACITY = 0.2f;

  static DrawnSeries of(Series series, Plot plot, Look look) {
    return series.mark() == Series.Mark.BAND ? band(series, plot, look) : line(series, plot, look);
  }

  static Stroke stroke(Series series) {
    float[] dashes = series.mark() == Series.Mark.DASHED ? new float[] {6, 4} : null;
    return new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private static DrawnSeries line(Series series, Plot plot, Look look) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setDrawOutlines(false);
    if (series.mark() != Series.Mark.POINTS) {
      for (int[] stretch : stretches(visible(series, plot))) {
        data.addSeries(points("line " + stretch[0], series, plot, stretch));
      }
    }
    int marks = data.getSeriesCount();
    data.addSeries(points("marks", series, plot, marked(series, plot)));
    renderer.setSeriesLinesVisible(marks, false);
    renderer.setSeriesShapesVisible(marks, true);
    for (int i = 0; i <= marks; i++) {
      renderer.setSeriesPaint(i, look.light);
      renderer.setSeriesStroke(i, stroke(series));
      renderer.setSeriesShape(i, look.mark);
    }
    return new DrawnSeries(data, renderer);
  }

  private static XYSeries points(String key, Series series, Plot plot, int[] points) {
    XYSeries data = new XYSeries(key, false);
    for (int point : points) {
      data.add(plot.x().place(series.x()[point]), plot.y().place(series.y()[point]), false);
    }
    return data;
  }

  private static DrawnSeries band(Series series, Plot plot, Look look) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(BAND_OPACITY);
    int[] pairs =
        IntStream.range(0, series.x().length / 2)
            .filter(i -> isVisible(series, plot, 2 * i) && isVisible(series, plot, 2 * i + 1))
            .toArray();
    for (int[] stretch : stretches(pairs)) {
      YIntervalSeries part = new YIntervalSeries("band " + stretch[0], false, true);
      for (int pair : stretch) {
        double low = plot.y().place(series.y()[2 * pair]);
        double high = plot.y().place(series.y()[2 * pair + 1]);
        part.add(plot.x().place(series.x()[2 * pair]), low, low, high);
      }
      renderer.setSeriesFillPaint(data.getSeriesCount(), look.light);
      data.addSeries(part);
    }
    return new DrawnSeries(data, renderer);
  }

  /** Points that have a place on both axes. */
  static int[] visible(Series series, Plot plot) {
    return IntStream.range(0, series.x().length).filter(i -> isVisible(series, plot, i)).toArray();
  }

  private static boolean isVisible(Series series, Plot plot, int point) {
    return plot.x().holds(series.x()[point]) && plot.y().holds(series.y()[point]);
  }

  /** Points with a mark: of a line all, if they are few, or those that it does not join. */
  static int[] marked(Series series, Plot plot) {
    int[] visible = visible(series, plot);
    return switch (series.mark()) {
      case POINTS -> visible;
      case LINE ->
          visible.length <= MOST_MARKED
              ? visible
              : stretches(visible).stream()
                  .filter(stretch -> stretch.length == 1)
                  .flatMapToInt(IntStream::of)
                  .toArray();
      case BAND, DASHED -> new int[0];
    };
  }

  /** Numbers that follow each other, together. */
  private static List<int[]> stretches(int[] numbers) {
    List<int[]> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= numbers.length; i++) {
      if (i == numbers.length || numbers[i] != numbers[i - 1] + 1) {
        stretches.add(IntStream.range(from, i).map(at -> numbers[at]).toArray());
        from = i;
      }
    }
    return stretches;
  }
}
