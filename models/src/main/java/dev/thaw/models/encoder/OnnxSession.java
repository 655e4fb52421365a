package dev.thaw.models.encoder;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * A loaded model with its tokenizer: fp32 on the CPU through DJL's ONNX Runtime, offline.
 * Thread-safe; predictors are kept for reuse, one for each call at a time.
 */
final class OnnxSession implements AutoCloseable {
  /** Longest text given to the tokenizer, per token that is kept. */
  private static final int CHARACTERS_PER_TOKEN = 16;

  private final EncoderModel model;
  private final HuggingFaceTokenizer tokenizer;
  private final ZooModel<TokenBatch, float[][]> zooModel;
  private final TokenTranslator translator;
  private final Queue<Predictor<TokenBatch, float[][]>> idle = new ConcurrentLinkedQueue<>();
  private final VectorSpace space;

  OnnxSession(EncoderModel model, int threads) {
    this.model = model;
    String version = model.version();
    this.tokenizer = tokenizer(model);
    this.zooModel = load(model, threads);
    this.translator = new TokenTranslator(model.pooling(), zooModel.describeInput().keys());
    int dimension = encode(List.of("a"), 1)[0].length;
    this.space = new VectorSpace("content", version, dimension, Metric.COSINE);
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

  private static ZooModel<TokenBatch, float[][]> load(EncoderModel model, int threads) {
    Criteria<TokenBatch, float[][]> criteria =
        Criteria.builder()
            .setTypes(TokenBatch.class, float[][].class)
            .optModelPath(model.onnx())
            .optEngine("OnnxRuntime")
            .optDevice(Device.cpu())
            .optTranslator(new TokenTranslator(model.pooling(), List.of()))
            .optOption("interOpNumThreads", "1")
            .optOption("intraOpNumThreads", Integer.toString(threads))
            .optOption("optLevel", "ALL_OPT")
            .build();
    try {
      return criteria.loadModel();
    } catch (IOException | ModelNotFoundException | MalformedModelException e) {
      throw new EncoderException("can't load model " + model.onnx(), e);
    }
  }

  VectorSpace space() {
    return space;
  }

  /** Unit vectors in the order of the texts; batches are of texts of about one length. */
  float[][] encode(List<String> texts, int batchSize) {
    Encoding[] tokens = tokenise(texts);
    int[] order =
        IntStream.range(0, tokens.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -tokens[i].getIds().length))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] vectors = new float[tokens.length][];
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      float[][] batch = predict(TokenBatch.of(tokens, order, from, to, 0));
      for (int i = from; i < to; i++) {
        vectors[order[i]] = batch[i - from];
      }
    }
    return vectors;
  }

  Encoding[] tokenise(List<String> texts) {
    int most = model.maxTokens() * CHARACTERS_PER_TOKEN;
    List<String> clean = new ArrayList<>(texts.size());
    for (String text : texts) {
      clean.add(model.prefix() + CleanText.of(text, most));
    }
    return tokenizer.batchEncode(clean);
  }

  private float[][] predict(TokenBatch batch) {
    Predictor<TokenBatch, float[][]> predictor = idle.poll();
    if (predictor == null) {
      predictor = zooModel.newPredictor(translator);
    }
    try {
      return predictor.predict(batch);
    } catch (TranslateException e) {
      throw new EncoderException(
          "encoder " + model.name() + " failed on " + batch.rows + " texts: " + e.getMessage(), e);
    } finally {
      idle.add(predictor);
    }
  }

  @Override
  public void close() {
    for (Predictor<?, ?> predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
      predictor.close();
    }
    zooModel.close();
    tokenizer.close();
    model.discard();
  }
}
