package dev.thaw.models.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.config.EncoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a CLIP model (Radford et al., ICML 2021) is shown of an image: its short side resized by
 * bicubic interpolation, the middle cropped out, bytes brought to [0, 1], then {@code (x - mean) /
 * std} for each channel. Immutable, thread-safe.
 */
public final class ImagePreprocessing {
  /** The file beside a model of Hugging Face that describes it. */
  public static final String FILE = "preprocessor_config.json";

  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_STD = {0.26862954, 0.26130258, 0.27577711};
  private static final int CLIP_SIDE = 224;

  /** Of open_clip's and OpenAI's published models. */
  public static final ImagePreprocessing CLIP =
      new ImagePreprocessing(
          new Size(CLIP_SIDE, 0, 0),
          Resampling.BICUBIC,
          CLIP_SIDE,
          CLIP_SIDE,
          1 / 255.0,
          CLIP_MEAN,
          CLIP_STD);

  private final Size resized;
  private final Resampling resampling;
  private final int width;
  private final int height;
  private final double scale;
  private final double[] mean;
  private final double[] std;

  /**
   * @param shortSide 0 where an image is brought to width x height, whatever its shape; all three 0
   *     where it keeps its size
   */
  private record Size(int shortSide, int width, int height) {
    /** As many as of an image by default: four are resized at a time. */
    private static final long MAX_PIXELS = EncoderConfig.Image.MAX_PIXELS;

    Pixels of(Pixels image, Resampling resampling) throws UnreadableImageException {
      if (shortSide == 0) {
        return width == 0 ? image : resampling.resize(image, width, height);
      }
      int least = Math.min(image.width, image.height);
      long toWidth = (long) shortSide * image.width / least;
      long toHeight = (long) shortSide * image.height / least;
      if (toWidth * toHeight > MAX_PIXELS) {
        throw new UnreadableImageException(
            "must have at most "
                + MAX_PIXELS
                + " pixels with a short side of "
                + shortSide
                + ", would have "
                + toWidth
                + " x "
                + toHeight);
      }
      return resampling.resize(image, (int) toWidth, (int) toHeight);
    }
  }

  private ImagePreprocessing(
      Size resized,
      Resampling resampling,
      int width,
      int height,
      double scale,
      double[] mean,
      double[] std) {
    this.resized = resized;
    this.resampling = resampling;
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.mean = mean;
    this.std = std;
  }

  /**
   * {@link #FILE} of a folder, or {@link #CLIP} where there is none. Fields that it lacks are
   * CLIP's.
   *
   * @throws IllegalArgumentException naming file, field, value and bound
   */
  public static ImagePreprocessing inFolder(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return CLIP;
    }
    try {
      return read(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new IllegalArgumentException("can't read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static ImagePreprocessing read(JsonNode json) {
    boolean crops = json.path("do_center_crop").asBoolean(true);
    Size size =
        json.path("do_resize").asBoolean(true) ? size(json.path("size")) : new Size(0, 0, 0);
    JsonNode crop = json.path("crop_size");
    int width = crops ? side(crop, "crop_size", "width") : size.width;
    int height = crops ? side(crop, "crop_size", "height") : size.height;
    if (width == 0 || height == 0) {
      throw new IllegalArgumentException(
          "do_center_crop must be true where size has no width and height");
    }
    boolean rescales = json.path("do_rescale").asBoolean(true);
    boolean normalises = json.path("do_normalize").asBoolean(true);
    return new ImagePreprocessing(
        size,
        resampling(json.path("resample").asInt(3)),
        width,
        height,
        rescales ? json.path("rescale_factor").asDouble(1 / 255.0) : 1,
        normalises ? channels(json, "image_mean", CLIP_MEAN) : new double[3],
        normalises ? channels(json, "image_std", CLIP_STD) : new double[] {1, 1, 1});
  }

  /** A number, {@code shortest_edge}, or width and height. */
  private static Size size(JsonNode size) {
    if (size.isObject() && size.has("width")) {
      return new Size(0, side(size, "size", "width"), side(size, "size", "height"));
    }
    return new Size(side(size, "size", "shortest_edge"), 0, 0);
  }

  private static int side(JsonNode value, String name, String field) {
    JsonNode side = value.isObject() ? value.path(field) : value;
    int pixels = side.isMissingNode() && !value.isObject() ? CLIP_SIDE : side.asInt(0);
    if (pixels < 1 || pixels > 4096) {
      throw new IllegalArgumentException(
          name + " must be in [1, 4096] with " + field + ", was " + value);
    }
    return pixels;
  }

  private static Resampling resampling(int pillow) {
    return switch (pillow) {
      case 2 -> Resampling.BILINEAR;
      case 3 -> Resampling.BICUBIC;
      default ->
          throw new IllegalArgumentException(
              "resample must be 2 (bilinear) or 3 (bicubic), was " + pillow);
    };
  }

  private static double[] channels(JsonNode json, String field, double[] otherwise) {
    JsonNode values = json.path(field);
    if (values.isMissingNode()) {
      return otherwise;
    }
    double[] channels = new double[3];
    for (int c = 0; c < 3; c++) {
      channels[c] = values.path(c).asDouble(Double.NaN);
    }
    if (values.size() != 3
        || Arrays.stream(channels).anyMatch(Double::isNaN)
        || (field.equals("image_std") && Arrays.stream(channels).anyMatch(c -> c <= 0))) {
      throw new IllegalArgumentException(
          field + " must be three numbers, deviations above 0, was " + values);
    }
    return channels;
  }

  /** Of what the model is shown, in pixels. */
  public int width() {
    return width;
  }

  /** Of what the model is shown, in pixels. */
  public int height() {
    return height;
  }

  /**
   * 3 x height x width, channel after channel.
   *
   * @throws UnreadableImageException if the image is so long that resizing it takes too much memory
   */
  float[] of(Pixels image) throws UnreadableImageException {
    int[] rgb = resized.of(image, resampling).centre(width, height).rgb;
    float[] values = new float[3 * rgb.length];
    for (int c = 0; c < 3; c++) {
      int shift = 16 - 8 * c;
      for (int i = 0; i < rgb.length; i++) {
        values[c * rgb.length + i] =
            (float) (((rgb[i] >> shift & 0xff) * scale - mean[c]) / std[c]);
      }
    }
    return values;
  }

  /** All that decides what a model is shown: equal texts, equal values. */
  @Override
  public String toString() {
    return List.of(
            resized, resampling, width, height, scale, Arrays.toString(mean), Arrays.toString(std))
        .toString();
  }
}
