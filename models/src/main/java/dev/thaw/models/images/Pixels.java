package dev.thaw.models.images;

/**
 * Colours of an image, 8 bits each of red, green and blue in the low 24 bits, row after row.
 * Transparency is left out. Not changed after it is made.
 */
final class Pixels {
  final int width;
  final int height;
  final int[] rgb;

  Pixels(int width, int height, int[] rgb) {
    if (rgb.length != width * height) {
      throw new IllegalArgumentException(
          "needs " + width + " x " + height + " pixels, had " + rgb.length);
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * The middle, with black around where the image is smaller; the odd pixel goes to the right and
   * the bottom, as in CLIP.
   */
  Pixels centre(int toWidth, int toHeight) {
    int left = Math.floorDiv(width - toWidth, 2);
    int top = Math.floorDiv(height - toHeight, 2);
    int[] cropped = new int[toWidth * toHeight];
    int from = Math.max(0, -left);
    int to = Math.min(toWidth, width - left);
    for (int y = Math.max(0, -top); y < Math.min(toHeight, height - top); y++) {
      System.arraycopy(
          rgb, (y + top) * width + from + left, cropped, y * toWidth + from, to - from);
    }
    return new Pixels(toWidth, toHeight, cropped);
  }
}
