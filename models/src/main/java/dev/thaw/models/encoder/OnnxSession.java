package dev.thaw.models.encoder;

import ai.djl.Model;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A loaded model with its tokenizer: fp32 on the CPU through DJL's ONNX Runtime, offline.
 * Thread-safe; predictors are kept for reuse, one for each call at a time.
 */
final class OnnxSession implements SharedSessions.Session {
  /** Longest text given to the tokenizer, per token that is kept. */
  private static final int CHARACTERS_PER_TOKEN = 16;

  private final EncoderModel model;
  private final HuggingFaceTokenizer tokenizer;
  private final Model network;
  private final Predictors<TokenBatch, float[][]> predictors;
  private final VectorSpace space;

  private OnnxSession(EncoderModel model, HuggingFaceTokenizer tokenizer, Model network) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.network = network;
    this.predictors =
        new Predictors<>(
            network, new TokenTranslator(model.pooling(), network.describeInput().keys()));
    int dimension = encode(List.of("a"), 1)[0].length;
    this.space = new VectorSpace("content", model.version(), dimension, Metric.COSINE);
  }

  /**
   * Loads a model and tries it once.
   *
   * @throws EncoderException naming the file that can't be loaded; nothing stays open then
   */
  static OnnxSession load(EncoderModel model, int threads) {
    try {
      HuggingFaceTokenizer tokenizer = tokenizer(model);
      try {
        Model network = OnnxNetworks.load(model.name(), model.onnx(), threads);
        try {
          return new OnnxSession(model, tokenizer, network);
        } catch (RuntimeException e) {
          network.close();
          throw e;
        }
      } catch (RuntimeException e) {
        tokenizer.close();
        throw e;
      }
    } finally {
      model.discard();
    }
  }

  private static HuggingFaceTokenizer tokenizer(EncoderModel model) {
    try {
      return HuggingFaceTokenizer.newInstance(
          model.tokenizer(),
          Map.of(
              "padding", "false",
              "truncation", "true",
              "maxLength", Integer.toString(model.maxTokens())));
    } catch (IOException | RuntimeException e) {
      throw new EncoderException("can't load tokenizer " + model.tokenizer(), e);
    }
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  /** Unit vectors in the order of the texts; batches are of texts of about one length. */
  float[][] encode(List<String> texts, int batchSize) {
    Encoding[] tokens = tokenise(texts);
    int[] order = byLength(tokens);
    float[][] vectors = new float[tokens.length][];
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      float[][] batch = predict(TokenBatch.of(tokens, order, from, to));
      for (int i = from; i < to; i++) {
        vectors[order[i]] = batch[i - from];
      }
    }
    return vectors;
  }

  private static int[] byLength(Encoding[] tokens) {
    return IntStream.range(0, tokens.length)
        .boxed()
        .sorted(Comparator.comparingInt(i -> -tokens[i].getIds().length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private Encoding[] tokenise(List<String> texts) {
    int most = model.maxTokens() * CHARACTERS_PER_TOKEN;
    List<String> clean = new ArrayList<>(texts.size());
    for (String text : texts) {
      clean.add(model.prefix() + CleanText.of(text, most));
    }
    return tokenizer.batchEncode(clean);
  }

  private float[][] predict(TokenBatch batch) {
    return predictors.predict(
        batch, () -> "encoder " + model.name() + " failed on " + batch.rows + " texts");
  }

  @Override
  public void close() {
    predictors.close();
    network.close();
    tokenizer.close();
  }
}
