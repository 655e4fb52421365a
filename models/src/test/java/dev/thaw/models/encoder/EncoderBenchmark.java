package dev.thaw.models.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Sentences a second of the encoder, text to vector, beside bare ONNX Runtime on the very same
 * token batches (tokenised and padded before, output read, nothing else done); a main method, not a
 * test. Rounds alternate, as the machine is shared. Arguments: threads, batch size.
 */
final class EncoderBenchmark {
  private static final String[] WORDS =
      ("wireless red leather kitchen steel novel thriller detective garden lamp cotton running "
              + "travel guide camera music vinyl jazz piano coffee green tea puzzle game winter warm")
          .split(" ");

  private EncoderBenchmark() {}

  public static void main(String[] args) throws Exception {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int batchSize = args.length > 1 ? Integer.parseInt(args[1]) : 32;
    EncoderModel files = EncoderModel.shipped();
    // DJL makes the process-wide environment; it must come first
    try (OnnxSession session = OnnxSession.load(EncoderModel.shipped(), threads);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      try (OrtSession bare = environment.createSession(files.onnx().toString(), options)) {
        for (int words : new int[] {14, 62, 0}) {
          compare(environment, bare, session, words, batchSize);
        }
      }
    } finally {
      files.discard();
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        System.out.println(line);
      }
    }
  }

  private static void compare(
      OrtEnvironment environment, OrtSession bare, OnnxSession session, int words, int batchSize)
      throws OrtException {
    List<String> texts = texts(words, batchSize * 8);
    List<TokenBatch> batches = session.batches(texts, batchSize);
    double ours = 0;
    double theirs = 0;
    for (int round = 0; round < 10; round++) {
      double oneOfOurs = seconds(() -> session.encode(texts, batchSize));
      double oneOfTheirs =
          seconds(
              () -> {
                for (TokenBatch batch : batches) {
                  run(environment, bare, batch);
                }
              });
      if (round > 1) {
        ours += oneOfOurs;
        theirs += oneOfTheirs;
      }
    }
    double n = 8.0 * texts.size();
    System.out.printf(
        "%s, batches of %d: encoder %.0f sentences/s, bare ONNX Runtime %.0f, ratio %.3f%n",
        words == 0 ? "mixed lengths" : words + " words",
        batchSize,
        n / ours,
        n / theirs,
        theirs / ours);
  }

  private interface Work {
    void run() throws OrtException;
  }

  private static double seconds(Work work) throws OrtException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static float run(OrtEnvironment environment, OrtSession bare, TokenBatch batch)
      throws OrtException {
    long[] shape = {batch.rows, batch.length};
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(batch.ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(batch.mask), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(batch.types), shape);
        OrtSession.Result result =
            bare.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      return values.get(values.limit() - 1);
    }
  }

  private static List<String> texts(int words, int count) {
    SplittableRandom random = new SplittableRandom(words);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = words > 0 ? words : 4 + random.nextInt(60);
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < length; w++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
