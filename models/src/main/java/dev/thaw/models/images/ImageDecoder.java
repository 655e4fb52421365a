package dev.thaw.models.images;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Bytes of a JPEG, PNG, GIF, BMP or WebP to pixels; of several frames the first. The header is
 * believed before anything is decoded, so that a small file can't ask for gigabytes, and the scans
 * of a JPEG are counted: it can't ask for more work than the largest image with the usual number of
 * them. A cut file is refused, not filled with grey. Thread-safe.
 */
final class ImageDecoder {
  private static final List<String> FORMATS = List.of("jpeg", "png", "gif", "bmp", "webp");

  /** Of a longer strip the short side could not be made larger without bounds. */
  private static final int LONGEST = 100;

  /** That encoders write at most; each costs a pass over all pixels, however few bytes it has. */
  private static final int USUAL_SCANS = 12;

  /** Of an image however small: a scan costs something by itself, too. */
  private static final int MOST_SCANS = 100;

  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  /**
   * Asked for by itself: what is found on the class path depends on whose class loader was there
   * first.
   */
  private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

  private ImageDecoder() {}

  /**
   * @param maxPixels width times height
   */
  static Pixels decode(byte[] bytes, long maxPixels) throws UnreadableImageException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(in);
      try {
        reader.setInput(in, true, true);
        requireSize(reader, maxPixels);
        if (format(reader).equals("jpeg")) {
          requireFewScans(bytes, Math.min(MOST_SCANS, USUAL_SCANS * maxPixels / pixels(reader)));
        }
        return decode(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // readers meet damaged files with whatever their parser runs into
      throw new UnreadableImageException("can't be decoded: " + e, e);
    }
  }

  private static ImageReader reader(ImageInputStream in)
      throws IOException, UnreadableImageException {
    if (WEBP.canDecodeInput(in)) {
      return WEBP.createReaderInstance();
    }
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    String found = "unknown";
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      found = format(reader);
      if (FORMATS.contains(found)) {
        return reader;
      }
      reader.dispose();
    }
    throw new UnreadableImageException("format must be one of " + FORMATS + ", was " + found);
  }

  private static String format(ImageReader reader) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT);
  }

  /**
   * Goes from segment to segment, so that what only looks like a marker within one, or stands
   * behind the image, does not count. Within a scan's own data no byte of a marker stands
   * unescaped.
   */
  private static void requireFewScans(byte[] jpeg, long most) throws UnreadableImageException {
    long scans = 0;
    int at = 2;
    while (at + 3 < jpeg.length) {
      int marker = jpeg[at + 1] & 0xff;
      if ((jpeg[at] & 0xff) != MARKER || !startsSegment(marker)) {
        at++;
      } else if (marker == END_OF_IMAGE) {
        break;
      } else {
        scans += marker == START_OF_SCAN ? 1 : 0;
        at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
      }
    }
    if (scans > most) {
      throw new UnreadableImageException(
          "must have at most " + most + " scans of its pixels, has " + scans);
    }
  }

  /** Not a byte of data, nor padding, nor a restart within a scan. */
  private static boolean startsSegment(int marker) {
    return marker > 0x01 && marker != MARKER && !(marker >= 0xd0 && marker <= 0xd7);
  }

  private static long pixels(ImageReader reader) throws IOException {
    return (long) reader.getWidth(0) * reader.getHeight(0);
  }

  private static void requireSize(ImageReader reader, long maxPixels)
      throws IOException, UnreadableImageException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) Math.max(width, height) > (long) LONGEST * Math.min(width, height)) {
      throw new UnreadableImageException(
          "must be at most " + LONGEST + " times as long as wide, is " + width + " x " + height);
    }
    if (pixels(reader) > maxPixels) {
      throw new UnreadableImageException(
          "must have at most " + maxPixels + " pixels, has " + width + " x " + height);
    }
  }

  private static Pixels decode(ImageReader reader) throws IOException, UnreadableImageException {
    AtomicBoolean cut = new AtomicBoolean();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.toLowerCase(Locale.ROOT).contains("premature")) {
            cut.set(true);
          }
        });
    BufferedImage image = reader.read(0);
    if (cut.get()) {
      throw new UnreadableImageException("is cut off");
    }
    return new Pixels(image.getWidth(), image.getHeight(), colours(image));
  }

  private static int[] colours(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    boolean grey =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(image.getColorModel() instanceof IndexColorModel);
    if (!grey) {
      int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] &= 0xffffff;
      }
      return rgb;
    }
    // Java takes grey for linear light and would brighten it
    Raster raster = image.getRaster();
    int shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
    int[] rgb = raster.getSamples(0, 0, width, height, 0, (int[]) null);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (rgb[i] >> shift) * 0x010101;
    }
    return rgb;
  }
}
