package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How many bytes of factors one thread reads a second when it scores all items for a user's vector,
 * beside how many {@link System#arraycopy} reads when it copies as many, in turns, by the CPU time
 * of that thread.
 */
final class FactorScoringBench implements Benchmark {
  private static final List<Integer> RANKS = List.of(32, 64, 128);
  private static final int ITEMS = 100_000;
  private static final double SHARE = 0.5;
  private static final double GIGABYTE = 1e9;

  /** Of the scores, whose products are of about unit length. */
  private static final double TOLERANCE = 1e-4;

  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  @Override
  public String name() {
    return "factor-scoring";
  }

  @Override
  public String description() {
    return "GB/s at which one thread scores %,d items by factors, beside System.arraycopy"
        .formatted(ITEMS);
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (int rank : RANKS) {
      figures.add(measure(rank, context));
    }
    return figures;
  }

  private static Figure measure(int rank, BenchContext context) throws Exception {
    SplittableRandom random = new SplittableRandom(context.seed());
    float[][] vectors = new float[ITEMS][];
    for (int i = 0; i < ITEMS; i++) {
      vectors[i] = vector(rank + 1, rank, random);
    }
    FactorModel model = model(rank, vectors, random);
    UserVector user = UserVector.copyOf(vector(rank, 1, random), 0);
    float[] scores = new float[ITEMS];
    float[] from = new float[ITEMS * rank];
    float[] to = new float[from.length];
    Arrays.fill(from, 1);
    Turns turns = new Turns(() -> model.score(user, scores), () -> copy(from, to));
    WarmUp.Taken warm = WarmUp.of(() -> turns.run(context.measured().toNanos() / 4));
    turns.clear();
    turns.run(context.measured().toNanos());
    double error = error(vectors, user, scores);
    if (!(error <= TOLERANCE)) {
      throw new IllegalStateException(
          "scores must differ by at most " + TOLERANCE + " from sums in double, did by " + error);
    }
    double bytes = (double) Float.BYTES * from.length;
    double copied = bytes / turns.secondsOfSecond() / GIGABYTE;
    double scored = bytes / turns.secondsOfFirst() / GIGABYTE;
    return Figure.of(
            "scoring %,d items of rank %d, one thread".formatted(ITEMS, rank), scored, "GB/s")
        .beside("System.arraycopy, as many read", copied)
        .atLeast(SHARE * copied)
        .with("share", scored / copied)
        .with("CPU ms", 1e3 * turns.secondsOfFirst())
        .with("largest error", error)
        .with("of warm-up's end spent compiling", warm.compiling());
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
  }

  private static float[] vector(int length, double squares, RandomGenerator random) {
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = (float) (random.nextGaussian() / Math.sqrt(squares));
    }
    return vector;
  }

  /** Generated vectors in the place of trained ones: to scoring all numbers are the same. */
  private static FactorModel model(int rank, float[][] vectors, SplittableRandom random) {
    Interactions few = likes("few", 2);
    FactorModel trained =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(rank, 1, 1, 1, 0), SCALE, 1, TrainingProgress.SILENT)
            .fit(few, random);
    Interactions all = likes("generated", vectors.length);
    BiasModel biases = BiasModel.fit(all, SCALE);
    float[][] ordered = new float[vectors.length][];
    for (int i = 0; i < ordered.length; i++) {
      ordered[biases.items().indexOf(PlantedWorld.item(i))] = vectors[i];
    }
    System.arraycopy(ordered, 0, vectors, 0, vectors.length);
    return trained.over(all.domain(), biases, vectors);
  }

  private static Interactions likes(String domain, int items) {
    InteractionsBuilder likes = Interactions.builder(DomainId.of(domain));
    for (int i = 0; i < items; i++) {
      likes.add(UserId.of("u"), PlantedWorld.item(i), SCALE.max());
    }
    return likes.build();
  }

  private static double error(float[][] vectors, UserVector user, float[] scores) {
    double largest = 0;
    for (int i = 0; i < vectors.length; i++) {
      double exact = vectors[i][user.rank()];
      for (int f = 0; f < user.rank(); f++) {
        exact += (double) user.get(f) * vectors[i][f];
      }
      largest = Math.max(largest, Math.abs(scores[i] - exact));
    }
    return largest;
  }

  /** Two pieces of work in turns, so that what else the machine does meets both alike. */
  private static final class Turns {
    private final Runnable first;
    private final Runnable second;
    private final List<Double> ofFirst = new ArrayList<>();
    private final List<Double> ofSecond = new ArrayList<>();

    Turns(Runnable first, Runnable second) {
      this.first = first;
      this.second = second;
    }

    /** Gives how many turns were done a second. */
    double run(long nanos) {
      long begun = System.nanoTime();
      int turns = 0;
      while (System.nanoTime() - begun < nanos) {
        ofFirst.add(seconds(first));
        ofSecond.add(seconds(second));
        turns++;
      }
      return turns * 1e9 / (System.nanoTime() - begun);
    }

    /** CPU time of this thread: on a machine with other work the clock counts that, too. */
    private static double seconds(Runnable work) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long begun = threads.getCurrentThreadCpuTime();
      work.run();
      return (threads.getCurrentThreadCpuTime() - begun) / 1e9;
    }

    void clear() {
      ofFirst.clear();
      ofSecond.clear();
    }

    double secondsOfFirst() {
      return median(ofFirst);
    }

    double secondsOfSecond() {
      return median(ofSecond);
    }

    private static double median(List<Double> seconds) {
      return seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElseThrow();
    }
  }
}
