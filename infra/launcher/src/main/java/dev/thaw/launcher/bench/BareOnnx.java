package dev.thaw.launcher.bench;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The shipped MiniLM weights in ONNX Runtime alone: batches tokenised and padded beforehand in, the
 * network's output read, nothing else. DJL must have made the process-wide environment before.
 */
final class BareOnnx implements AutoCloseable {
  private static final String WEIGHTS = "all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
  private static final String MOST_TOKENS = "256";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  private BareOnnx(OrtSession session) {
    this.session = session;
  }

  static BareOnnx open(int threads) throws IOException, OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        InputStream weights = resource(WEIGHTS)) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      return new BareOnnx(
          OrtEnvironment.getEnvironment().createSession(weights.readAllBytes(), options));
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = BareOnnx.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IOException("resource " + name + " must be on the class path, was missing");
    }
    return in;
  }

  /**
   * A padded batch, row by row.
   *
   * @param texts index of each row's text
   * @param length tokens of a row, padding included
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Batch(int[] texts, int length, long[] ids, long[] mask, long[] types) {
    static Batch of(Encoding[] tokens, int[] texts) {
      int length = 1;
      for (int text : texts) {
        length = Math.max(length, tokens[text].getIds().length);
      }
      Batch batch =
          new Batch(
              texts,
              length,
              new long[texts.length * length],
              new long[texts.length * length],
              new long[texts.length * length]);
      for (int row = 0; row < texts.length; row++) {
        Encoding each = tokens[texts[row]];
        int of = each.getIds().length;
        System.arraycopy(each.getIds(), 0, batch.ids, row * length, of);
        System.arraycopy(each.getAttentionMask(), 0, batch.mask, row * length, of);
        System.arraycopy(each.getTypeIds(), 0, batch.types, row * length, of);
      }
      return batch;
    }
  }

  /** The texts in batches of about one length, the longest first, as the encoder makes them. */
  static List<Batch> batches(List<String> texts, int size) throws IOException {
    try (InputStream json = resource(TOKENIZER);
        HuggingFaceTokenizer tokenizer =
            HuggingFaceTokenizer.newInstance(
                json, Map.of("padding", "false", "truncation", "true", "maxLength", MOST_TOKENS))) {
      Encoding[] tokens = tokenizer.batchEncode(texts);
      int[] order =
          IntStream.range(0, tokens.length)
              .boxed()
              .sorted(Comparator.comparingInt(i -> -tokens[i].getIds().length))
              .mapToInt(Integer::intValue)
              .toArray();
      List<Batch> batches = new ArrayList<>();
      for (int from = 0; from < order.length; from += size) {
        int to = Math.min(order.length, from + size);
        batches.add(Batch.of(tokens, IntStream.range(from, to).map(i -> order[i]).toArray()));
      }
      return batches;
    }
  }

  /**
   * Runs the network.
   *
   * @param read of the token vectors, row by row: rows x length x dimension
   */
  <T> T run(Batch batch, Function<FloatBuffer, T> read) throws OrtException {
    long[] shape = {batch.texts().length, batch.length()};
    try (OnnxTensor ids = tensor(batch.ids(), shape);
        OnnxTensor mask = tensor(batch.mask(), shape);
        OnnxTensor types = tensor(batch.types(), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return read.apply(((OnnxTensor) result.get(0)).getFloatBuffer());
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** Means of the token vectors that count, one a row. */
  static float[][] means(Batch batch, FloatBuffer tokens) {
    int dimension = tokens.remaining() / (batch.texts().length * batch.length());
    float[][] means = new float[batch.texts().length][dimension];
    for (int row = 0; row < means.length; row++) {
      for (int at = row * batch.length(); at < (row + 1) * batch.length(); at++) {
        for (int d = 0; batch.mask()[at] == 1 && d < dimension; d++) {
          means[row][d] += tokens.get(at * dimension + d);
        }
      }
    }
    return means;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
