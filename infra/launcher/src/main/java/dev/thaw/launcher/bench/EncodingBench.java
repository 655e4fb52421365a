package dev.thaw.launcher.bench;

import ai.onnxruntime.OrtException;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.encoder.Encoders;
import dev.thaw.models.encoder.TextEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sentences a second of the text encoder, from text to unit vector, beside bare ONNX Runtime on the
 * very same batches (tokenised and padded before). Rounds of both alternate, as other work on the
 * machine disturbs both alike then. The vectors have to be those of the bare network.
 */
final class EncodingBench implements Benchmark {
  private static final int BATCH = 32;
  private static final int TEXTS = 8 * BATCH;
  private static final double TARGET = 0.9;
  private static final double SAME = 0.9999;
  private static final String[] WORDS =
      ("wireless red leather kitchen steel novel thriller detective garden lamp cotton running "
              + "travel guide camera music vinyl jazz piano coffee green tea puzzle game winter warm")
          .split(" ");

  /** Texts of one kind; no words mean any number from 4 to 63. */
  private record Kind(String name, int words) {}

  private static final List<Kind> KINDS =
      List.of(new Kind("14 words", 14), new Kind("62 words", 62), new Kind("mixed lengths", 0));

  @Override
  public String name() {
    return "encoding";
  }

  @Override
  public String description() {
    return "sentences/s of MiniLM beside bare ONNX Runtime on the same batches, same vectors";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    List<Figure> figures = new ArrayList<>();
    // DJL makes ONNX Runtime's environment of the process: the encoder comes first
    try (TextEncoder encoder = Encoders.openText("minilm", BATCH, context.threads());
        BareOnnx bare = BareOnnx.open(context.threads());
        Progress.Task task = context.progress().begin("encoding", KINDS.size())) {
      for (Kind kind : KINDS) {
        figures.addAll(compare(encoder, bare, kind, context));
        task.at(figures.size() / 2);
      }
    }
    return figures;
  }

  private static List<Figure> compare(
      TextEncoder encoder, BareOnnx bare, Kind kind, BenchContext context)
      throws IOException, OrtException {
    List<String> texts = texts(kind.words(), context.seed());
    List<BareOnnx.Batch> batches = BareOnnx.batches(texts, BATCH);
    double cosine = leastCosine(encoder.encode(texts), bare, batches);
    if (!(cosine >= SAME)) {
      throw new IllegalStateException(
          "vectors of " + kind.name() + " must be the bare network's, least cosine was " + cosine);
    }
    double ours = 0;
    double theirs = 0;
    int rounds = 0;
    while (ours + theirs < context.measured().toNanos()) {
      long start = System.nanoTime();
      encoder.encode(texts);
      long between = System.nanoTime();
      for (BareOnnx.Batch batch : batches) {
        bare.run(batch, tokens -> tokens.get(0));
      }
      ours += between - start;
      theirs += System.nanoTime() - between;
      rounds++;
    }
    double sentences = 1e9 * rounds * texts.size();
    return List.of(
        Figure.of("encoder, " + kind.name(), sentences / ours, "sentences/s")
            .beside("bare ONNX Runtime", sentences / theirs)
            .with("least cosine to its vectors", cosine),
        Figure.of("encoder, " + kind.name() + ", share of bare speed", theirs / ours, "")
            .atLeast(TARGET));
  }

  private static double leastCosine(
      List<Embedding> ours, BareOnnx bare, List<BareOnnx.Batch> batches) throws OrtException {
    double least = 1;
    for (BareOnnx.Batch batch : batches) {
      float[][] means = bare.run(batch, tokens -> BareOnnx.means(batch, tokens));
      for (int row = 0; row < means.length; row++) {
        least = Math.min(least, cosine(ours.get(batch.texts()[row]).toArray(), means[row]));
      }
    }
    return least;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(squaresA * squaresB);
  }

  private static List<String> texts(int words, long seed) {
    SplittableRandom random = new SplittableRandom(seed + words);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      int length = words > 0 ? words : 4 + random.nextInt(60);
      List<String> text = new ArrayList<>();
      for (int w = 0; w < length; w++) {
        text.add(WORDS[random.nextInt(WORDS.length)]);
      }
      texts.add(String.join(" ", text));
    }
    return texts;
  }
}
