package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;
import static dev.thaw.featuredefinitions.config.Bounds.longerThanZero;
import static dev.thaw.featuredefinitions.config.Bounds.notBlank;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What content vectors are made of: text, image and tabular parts, each if it is asked for.
 *
 * @param model of texts: {@value #SHIPPED} for the shipped weights, a folder with {@code
 *     model.onnx} and {@code tokenizer.json}, or {@value #NONE}
 * @param batchSize items encoded together
 * @param weight of the text part
 * @param image null without an image part
 * @param tabular null without a tabular part
 * @param combine how several parts become one vector
 */
public record EncoderConfig(
    String model,
    int batchSize,
    double weight,
    @Nullable Image image,
    @Nullable Tabular tabular,
    Combine combine)
    implements Serializable {
  public static final String SHIPPED = "minilm";
  public static final String NONE = "none";

  /** See {@code models.encoder}. */
  public enum Combine {
    CONCATENATE,
    AVERAGE
  }

  public EncoderConfig {
    notBlank("model", model);
    inRange("batch_size", batchSize, 1, 1024);
    inRange("weight", weight, 1e-3, 1e3);
    if (model.equals(NONE) && image == null && tabular == null) {
      throw new IllegalArgumentException("model must not be none without image or tabular");
    }
  }

  /** Of texts alone. */
  public EncoderConfig(String model, int batchSize) {
    this(model, batchSize, 1, null, null, Combine.CONCATENATE);
  }

  /**
   * @param model folder of a CLIP-style vision model
   * @param root folder of image files, empty where images can't be files
   * @param hosts {@code host} or {@code host:port} of images by URL, in lower case
   * @param maxBytes of an image file
   * @param maxPixels of an image, decoded
   * @param timeout of fetching one
   * @param breaker when a server is left alone
   */
  public record Image(
      String model,
      double weight,
      String root,
      List<String> hosts,
      int maxBytes,
      int maxPixels,
      Duration timeout,
      HostBreaker breaker)
      implements Serializable {
    /** 10 MiB. */
    public static final int MAX_BYTES = 10 << 20;

    /** Four images are decoded at a time, of up to 8 bytes a pixel. */
    public static final int MAX_PIXELS = 40_000_000;

    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    public Image {
      notBlank("model", model);
      inRange("weight", weight, 1e-3, 1e3);
      hosts = List.copyOf(hosts);
      if (root.isBlank() && hosts.isEmpty()) {
        throw new IllegalArgumentException("root or hosts must say where images may come from");
      }
      for (String host : hosts) {
        if (!host.matches("[a-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9a-f:]+\\](:[0-9]{1,5})?")) {
          throw new IllegalArgumentException(
              "hosts must be of the form host or host:port in lower case, was \"" + host + '"');
        }
      }
      inRange("max_bytes", maxBytes, 1, 1 << 30);
      inRange("max_pixels", maxPixels, 1, 1 << 30);
      longerThanZero("timeout", timeout);
    }
  }

  /**
   * @param failures of a server in a row after which it is left alone
   * @param openFor how long, until one image is asked for again
   */
  public record HostBreaker(int failures, Duration openFor) implements Serializable {
    /** Five failures, one minute. */
    public static final HostBreaker DEFAULT = new HostBreaker(5, Duration.ofMinutes(1));

    public HostBreaker {
      inRange("host_failures", failures, 1, 1_000);
      longerThanZero("host_open_for", openFor);
    }
  }

  /**
   * @param models folders of tabular models, one for a domain at most; items of other domains have
   *     no tabular part
   */
  public record Tabular(List<String> models, double weight) implements Serializable {
    public Tabular {
      models = List.copyOf(models);
      if (models.isEmpty()) {
        throw new IllegalArgumentException("models must name a folder, was empty");
      }
      inRange("weight", weight, 1e-3, 1e3);
    }
  }
}
