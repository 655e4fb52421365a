package dev.thaw.models.encoder;

/** Opens encoders. */
public final class Encoders {
  private Encoders() {}

  /**
   * @param model {@code minilm} for the shipped weights, or a folder with {@code model.onnx} and
   *     {@code tokenizer.json} and, optionally, {@code encoder.properties}
   * @param batchSize texts encoded together
   * @param threads of the ONNX runtime
   */
  public static TextEncoder openText(String model, int batchSize, int threads) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Encodes title, description and categories; closes the text encoder when closed. */
  public static ItemEncoder ofItems(TextEncoder encoder) {
    throw new UnsupportedOperationException("not yet");
  }
}
