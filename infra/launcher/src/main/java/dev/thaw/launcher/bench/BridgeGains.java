package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeFamily;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.graph.BiTgcf;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * What each network gains in nDCG at 10 over its ablation when cold users are ranked the whole
 * catalogue: a user's figure is the mean over {@value #SEEDS} training seeds, the interval is over
 * users.
 */
final class BridgeGains {
  private static final int SEEDS = 3;

  /** Near what validation users of the Amazon domains choose. */
  private static final ImplicitAlsConfig FACTORS = new ImplicitAlsConfig(64, 10, 1, 12, 0);

  private final Experiment split;
  private final SourceDomain source;
  private final Interactions positives;
  private final List<NewUser> users;

  BridgeGains(Experiment split) {
    this.split = split;
    this.source = split.sources().values().iterator().next();
    this.positives = split.positives();
    this.users = NewUser.of(split);
  }

  List<Figure> run(long seed) {
    double[][] figures = new double[5][users.size()];
    for (int s = 0; s < SEEDS; s++) {
      SplittableRandom random = new SplittableRandom(seed + s);
      FactorModel from = factors(source.positives(), source.scale(), random);
      FactorModel to = factors(positives, split.scale(), random);
      BridgeFamily family =
          BridgeFamily.fit(new BridgeData(source.interactions(), positives, from, to), 1, random);
      add(scores(family.shared(), from, to), figures[0]);
      add(scores(family.mlp(), from, to), figures[1]);
      add(scores(family.ptupcdr(), from, to), figures[2]);
      add(graph(BiTgcfTrainer.DEFAULT.withoutTransfer(), random)::score, figures[3]);
      add(graph(BiTgcfTrainer.DEFAULT, random)::score, figures[4]);
    }
    return List.of(
        gain("EMCDR over its ridge", figures[1], figures[0]),
        gain("PTUPCDR over its shared bridge", figures[2], figures[0]),
        gain("BiTGCF over that without transfer", figures[4], figures[3]));
  }

  private static Figure gain(String name, double[] with, double[] without) {
    Interval interval = Bootstrap.DEFAULT.pairedDifference(with, without, new SplittableRandom(0));
    return Figure.of(name + ", cold users", interval.mean(), "nDCG@10")
        .with("low", interval.low())
        .with("high", interval.high())
        .with("alone", Arrays.stream(with).average().orElse(0))
        .with("ablation", Arrays.stream(without).average().orElse(0));
  }

  private static FactorModel factors(
      Interactions liked, RatingScale scale, SplittableRandom random) {
    return FactorTrainers.implicitAls(FACTORS, scale, 1, TrainingProgress.SILENT)
        .fit(liked, random);
  }

  private BiTgcf graph(BiTgcfTrainer trainer, SplittableRandom random) {
    return trainer.fit(source.interactions(), positives, random);
  }

  private static BiConsumer<History, float[]> scores(
      Bridge bridge, FactorModel from, FactorModel to) {
    return (history, out) -> to.score(bridge.map(history, from), out);
  }

  private void add(BiConsumer<History, float[]> scores, double[] to) {
    float[] out = new float[positives.items().size()];
    for (int u = 0; u < to.length; u++) {
      NewUser user = users.get(u);
      scores.accept(source.interactions().history(user.user()), out);
      to[u] += user.ndcg(out) / SEEDS;
    }
  }
}
