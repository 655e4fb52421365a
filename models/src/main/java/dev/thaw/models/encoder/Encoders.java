package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.models.images.ImageFetcher;
import dev.thaw.models.images.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Opens encoders. The same model with as many threads is loaded once a process, however often it is
 * opened; each opened encoder must be closed, when none of its calls runs any more.
 */
public final class Encoders {
  private Encoders() {}

  /**
   * @param model {@code minilm} for the shipped weights, or a folder with {@code model.onnx} and
   *     {@code tokenizer.json} and, optionally, {@code encoder.properties} ({@code name,
   *     pooling=mean|cls, prefix, max_tokens})
   * @param batchSize texts encoded together, in [1, 1024]
   * @param threads of ONNX Runtime within one batch, in [1, 256]
   * @throws EncoderException naming the file that is missing or can't be loaded
   */
  public static TextEncoder openText(String model, int batchSize, int threads) {
    if (batchSize < 1 || batchSize > 1024) {
      throw new IllegalArgumentException("batch size must be in [1, 1024], was " + batchSize);
    }
    SharedSessions.Key key = key(model, threads);
    return new OnnxTextEncoder(
        key,
        SharedSessions.TEXTS.open(key, () -> OnnxSession.load(find(model), threads)),
        batchSize);
  }

  private static SharedSessions.Key key(String model, int threads) {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be in [1, 256], was " + threads);
    }
    return new SharedSessions.Key(canonical(model), threads);
  }

  private static EncoderModel find(String model) {
    return model.equals(EncoderModel.SHIPPED)
        ? EncoderModel.shipped()
        : EncoderModel.inFolder(Path.of(model));
  }

  private static String canonical(String model) {
    Path folder = Path.of(model);
    if (model.equals(EncoderModel.SHIPPED) || !Files.exists(folder)) {
      return model;
    }
    try {
      return folder.toRealPath().toString();
    } catch (IOException e) {
      throw new EncoderException("can't open encoder folder " + folder, e);
    }
  }

  /** Encodes title, categories and description; closes the text encoder when closed. */
  public static ItemEncoder ofItems(TextEncoder encoder) {
    return new TextItemEncoder(encoder);
  }

  /**
   * Encodes images.
   *
   * @param threads as of texts
   * @throws EncoderException naming the file that is missing or can't be used
   */
  private static ItemEncoder ofImages(
      EncoderConfig.Image image, int batchSize, int threads, ImageFetcher servers) {
    SharedSessions.Key key = key(image.model(), threads);
    return new ImageItemEncoder(
        key,
        SharedSessions.IMAGES.open(
            key, () -> OnnxImageSession.load(ImageModel.inFolder(Path.of(image.model())), threads)),
        new ImageSource(image, servers),
        batchSize);
  }

  /**
   * Encodes all parts of items that the configuration names. Of one part alone the vectors are that
   * part's own.
   *
   * @param threads of ONNX Runtime within one batch, in [1, 256]
   * @param servers asked for images with a URL
   * @throws EncoderException naming the file that is missing or can't be loaded; nothing stays open
   *     then
   */
  public static ItemEncoder open(EncoderConfig config, int threads, ImageFetcher servers) {
    List<ItemEncoder> parts = new ArrayList<>();
    try {
      DoubleStream.Builder weights = DoubleStream.builder();
      if (!config.model().equals(EncoderConfig.NONE)) {
        parts.add(ofItems(openText(config.model(), config.batchSize(), threads)));
        weights.add(config.weight());
      }
      EncoderConfig.Image image = config.image();
      if (image != null) {
        parts.add(ofImages(image, config.batchSize(), threads, servers));
        weights.add(image.weight());
      }
      EncoderConfig.Tabular tabular = config.tabular();
      if (tabular != null) {
        parts.add(TabularItemEncoder.load(tabular.models()));
        weights.add(tabular.weight());
      }
      if (parts.size() == 1) {
        return parts.get(0);
      }
      return new CombinedItemEncoder(
          parts,
          new Combination(
              config.combine(),
              parts.stream().map(ItemEncoder::space).toList(),
              weights.build().toArray()));
    } catch (RuntimeException e) {
      parts.forEach(ItemEncoder::close);
      throw e;
    }
  }
}
