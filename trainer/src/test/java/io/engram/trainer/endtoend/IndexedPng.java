package io.engram.trainer.endtoend;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes pictures of a page small: its 256 most frequent colours, for each other the nearest. */
final class IndexedPng {
  private static final int COLOURS = 256;

  private IndexedPng() {}

  static byte[] of(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xFFFFFF, 1, Integer::sum);
    }
    int[] palette =
        counts.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Integer, Integer>>comparingInt(Map.Entry::getValue)
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(COLOURS)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    Map<Integer, Integer> places = new HashMap<>();
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] =
          (byte) (int) places.computeIfAbsent(pixels[i] & 0xFFFFFF, of -> nearest(palette, of));
    }
    IndexColorModel colours =
        new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
    indexed.getRaster().setDataElements(0, 0, width, height, indices);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(indexed, "png", out);
    return out.toByteArray();
  }

  private static int nearest(int[] palette, int colour) {
    int nearest = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], colour) < distance(palette[nearest], colour)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int difference = (one >> shift & 0xFF) - (other >> shift & 0xFF);
      sum += difference * difference;
    }
    return sum;
  }
}
