package io.engram.trainer.dataset;

/**
 * Extent of an image.
 *
 * @param height pixels
 * @param width pixels
 * @param channels 1 for grey, 3 for colour
 */
public record ImageShape(int height, int width, int channels) {
  /** Values of one image: height × width × channels. */
  public int size() {
    return height * width * channels;
  }
}
