package io.engram.trainer.experiment;

import java.util.List;

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
  public Plot {
    series = List.copyOf(series);
  }

  @Override
  public String svg() {
    return PlotSvg.of(this);
  }
}
