package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueBytes;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.history.History;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.meta.UserScorer;
import dev.thaw.models.metrics.RatingErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The meta-learned rating model on generated ratings of the size of MeLU's split of MovieLens 1M:
 * time of an epoch, of a step of adaptation and of scoring, beside the errors that these times buy
 * on users who were not trained on.
 */
final class MetaBench implements Benchmark {
  private static final int CANDIDATES = 500;
  private static final int SUPPORT = 20;
  private static final int STEPS = 5;

  @Override
  public String name() {
    return "meta";
  }

  @Override
  public String description() {
    return "CPU seconds of an epoch of meta-learning, ms of adaptation and of scoring "
        + CANDIDATES
        + " candidates";
  }

  @Override
  public List<Figure> run(BenchContext context) {
    MetaWorld world = MetaWorld.generate(context.seed());
    List<Figure> figures = new ArrayList<>();
    MetaModel whole = null;
    for (AdaptedPart part : List.of(AdaptedPart.DECISION, AdaptedPart.LATER)) {
      for (boolean exact : new boolean[] {true, false}) {
        Trained trained = train(context, world, part, exact);
        whole = whole == null ? trained.model : whole;
        figures.add(epoch(trained, world, part, exact));
        if (exact) {
          figures.add(scoring(trained.model, world, part));
        }
      }
    }
    figures.add(adaptation(java.util.Objects.requireNonNull(whole), world));
    return figures;
  }

  /**
   * @param seconds of an epoch, the median
   * @param cpuSeconds of an epoch, all threads together
   */
  private record Trained(MetaModel model, double seconds, double cpuSeconds) {}

  private static Trained train(
      BenchContext context, MetaWorld world, AdaptedPart part, boolean exact) {
    MetaConfig config =
        MetaConfig.DEFAULT.withInner(new InnerLoop(part, 1, 0.1)).withSecondOrder(exact);
    try (Progress.Task task = context.progress().begin("meta-learning", config.epochs())) {
      EpochTimes times = new EpochTimes((what, done, of) -> task.at(done));
      MetaModel model =
          MetaTrainer.overBiases(config, context.threads(), times)
              .fit(world.data(), new SplittableRandom(context.seed()));
      return new Trained(model, times.seconds(), times.cpuSeconds());
    }
  }

  private static Figure epoch(Trained trained, MetaWorld world, AdaptedPart part, boolean exact) {
    MetaModel model = trained.model;
    InnerLoop none = new InnerLoop(part, 0, 1);
    return Figure.of(
            "epoch, %,d users, %s adapts, %s"
                .formatted(MetaWorld.USERS, named(part), exact ? "second order" : "first order"),
            trained.cpuSeconds,
            "CPU s")
        .atMost(3.1)
        .with("wall s", trained.seconds)
        .with("MAE", error(model, world))
        .with("unadapted", error(model.withInner(none), world))
        .with("biases", world.biasError())
        .saidOf("MeLU's code 31-51 s CPU, batched PyTorch 5 s");
  }

  private static String named(AdaptedPart part) {
    return part == AdaptedPart.LATER ? "compact" : "all layers";
  }

  /** Mean absolute error of new users after 20 ratings. */
  private static double error(MetaModel model, MetaWorld world) {
    RatingErrors errors = new RatingErrors();
    for (MetaWorld.NewUser user : world.newUsers()) {
      UserScorer scorer = model.scorer(model.adapt(user.profile(), user.support()));
      user.query().forEach(entry -> errors.add(scorer.rating(entry.item()), entry.strength()));
    }
    return errors.mae();
  }

  private static Figure scoring(MetaModel model, MetaWorld world, AdaptedPart part) {
    MetaWorld.NewUser user = world.newUsers().get(0);
    Map<String, FeatureValue> features = model.adapt(user.profile(), user.support()).features();
    FeatureRow stored =
        new FeatureRow(EntityKey.of("user_id", "new", "domain", "films"), features, Instant.EPOCH);
    int bytes = features.values().stream().mapToInt(v -> FeatureValueBytes.encode(v).length).sum();
    int[] candidates = IntStream.range(0, CANDIDATES).toArray();
    float[] scores = new float[CANDIDATES];
    double millis = median(() -> model.scorer(AdaptedLayers.of(stored)).score(candidates, scores));
    return Figure.of(
            "scoring %d candidates from a stored row, %s".formatted(CANDIDATES, named(part)),
            millis,
            "ms")
        .atMost(part == AdaptedPart.LATER ? 2 : 4)
        .with("bytes stored", bytes);
  }

  private static Figure adaptation(MetaModel model, MetaWorld world) {
    MetaWorld.NewUser user = world.newUsers().get(0);
    double one = adaptation(model, 1, user.profile(), user.support());
    double more = adaptation(model, 1 + STEPS, user.profile(), user.support());
    return Figure.of("adaptation, a step at " + SUPPORT + " items", (more - one) / STEPS, "ms")
        .atMost(1)
        .with("of one step with all that surrounds it", one);
  }

  private static double adaptation(
      MetaModel model, int steps, UserProfile profile, History support) {
    MetaModel stepping = model.withInner(new InnerLoop(model.inner().part(), steps, 0.01));
    return median(() -> stepping.adapt(profile, support));
  }

  /** Milliseconds; the first half of the runs compiles. */
  private static double median(Runnable what) {
    double[] millis = new double[1_000];
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        what.run();
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis[millis.length / 2];
  }
}
