package dev.thaw.models.images;

/**
 * Separable resizing with a kernel that is widened when an image gets smaller, so that every pixel
 * counts: what Pillow does and vision models were trained with. Java's own scaling looks at the
 * nearest pixels only, and other libraries' kernels are others, which a model sees as another
 * picture. Bytes are rounded after each direction, as in Pillow.
 */
enum Resampling {
  /** Triangle, support 1. */
  BILINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys, IEEE ASSP 1981, eq. 4 with a = -1/2, support 2. */
  BICUBIC(2) {
    @Override
    double weight(double x) {
      double t = Math.abs(x);
      if (t < 1) {
        return (1.5 * t - 2.5) * t * t + 1;
      }
      return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    }
  };

  private final double support;

  Resampling(double support) {
    this.support = support;
  }

  abstract double weight(double x);

  /** Of the kernel's sum 1 at every pixel. O(pixels x kernel). */
  Pixels resize(Pixels image, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "images must be resized to 1 x 1 or more, was " + width + " x " + height);
    }
    Pixels wide = width == image.width ? image : horizontally(image, width);
    return height == wide.height ? wide : vertically(wide, height);
  }

  /** Weights of the pixels from {@code from} on that make one pixel. */
  private record Window(int from, double[] weights) {}

  private Window[] windows(int size, int toSize) {
    double scale = (double) size / toSize;
    double stretch = Math.max(1, scale);
    double reach = support * stretch;
    Window[] windows = new Window[toSize];
    for (int at = 0; at < toSize; at++) {
      double centre = (at + 0.5) * scale;
      int from = Math.max(0, (int) (centre - reach + 0.5));
      int to = Math.min(size, (int) (centre + reach + 0.5));
      double[] weights = new double[to - from];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = weight((from + i - centre + 0.5) / stretch);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      windows[at] = new Window(from, weights);
    }
    return windows;
  }

  private Pixels horizontally(Pixels image, int width) {
    Window[] windows = windows(image.width, width);
    int[] rgb = new int[width * image.height];
    for (int y = 0; y < image.height; y++) {
      for (int x = 0; x < width; x++) {
        rgb[y * width + x] = mix(image.rgb, y * image.width, 1, windows[x]);
      }
    }
    return new Pixels(width, image.height, rgb);
  }

  private Pixels vertically(Pixels image, int height) {
    Window[] windows = windows(image.height, height);
    int[] rgb = new int[image.width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < image.width; x++) {
        rgb[y * image.width + x] = mix(image.rgb, x, image.width, windows[y]);
      }
    }
    return new Pixels(image.width, height, rgb);
  }

  private static int mix(int[] rgb, int start, int step, Window window) {
    double red = 0;
    double green = 0;
    double blue = 0;
    int at = start + window.from * step;
    for (double weight : window.weights) {
      int pixel = rgb[at];
      red += weight * (pixel >> 16 & 0xff);
      green += weight * (pixel >> 8 & 0xff);
      blue += weight * (pixel & 0xff);
      at += step;
    }
    return toByte(red) << 16 | toByte(green) << 8 | toByte(blue);
  }

  private static int toByte(double value) {
    return (int) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }
}
