package io.engram.trainer.experiment;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.util.ShapeUtils;

/**
 * What series are told apart by: colours after Okabe and Ito, which people with any colour vision
 * tell apart, and marks for print without colour. On a dark screen each has a lighter twin.
 */
enum Look {
  BLUE(0x0072b2, 0x5dadec, new Ellipse2D.Double(-2.5, -2.5, 5, 5)),
  VERMILION(0xd55e00, 0xff8c4b, ShapeUtils.createUpTriangle(3)),
  GREEN(0x009e73, 0x3ccf9e, new Rectangle2D.Double(-2.4, -2.4, 4.8, 4.8)),
  PURPLE(0xb5568c, 0xf0a3cc, ShapeUtils.createDiamond(3.4f)),
  OCHRE(0x9a6b00, 0xf0c34e, ShapeUtils.createDownTriangle(3)),
  SKY(0x3d9bd3, 0x9ad9ff, ShapeUtils.createDiagonalCross(2.4f, 0.8f)),
  SLATE(0x333f48, 0xd0d6dc, ShapeUtils.createRegularCross(2.8f, 0.8f)),
  MAROON(0x8c2d19, 0xf2a08f, new Rectangle2D.Double(-3.2, -1.4, 6.4, 2.8));

  final Color light;
  final Color dark;
  final Shape mark;

  Look(int light, int dark, Shape mark) {
    this.light = new Color(light);
    this.dark = new Color(dark);
    this.mark = mark;
  }

  /** Of the nth name; after the last comes the first again. */
  static Look of(int index) {
    return values()[index % values().length];
  }
}
