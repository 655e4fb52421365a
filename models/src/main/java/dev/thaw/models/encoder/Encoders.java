package dev.thaw.models.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be in [1, 256], was " + threads);
    }
    SharedSessions.Key key = new SharedSessions.Key(canonical(model), threads);
    return new OnnxTextEncoder(
        key, SharedSessions.open(key, () -> OnnxSession.load(find(model), threads)), batchSize);
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
}
