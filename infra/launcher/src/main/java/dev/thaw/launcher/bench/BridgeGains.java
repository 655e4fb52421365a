package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeFamily;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What each network gains in nDCG at 10 over its ablation or another bridge when cold users are
 * ranked the whole catalogue: a user's figure is the mean over {@value #SEEDS} training seeds, the
 * interval is over users.
 */
final class BridgeGains {
  private static final int SEEDS = 3;

  /** Near what validation users of the Amazon domains choose. */
  private static final ImplicitAlsConfig FACTORS = new ImplicitAlsConfig(64, 10, 1, 12, 0);

  private static final String RIDGE = "the shared ridge";
  private static final String KERNEL = "the kernel ridge";
  private static final String EMCDR = "EMCDR";
  private static final String PTUPCDR = "PTUPCDR";
  private static final String BITGCF = "BiTGCF";
  private static final String CMF = "CMF";
  private static final String BITGCF_APART = "BiTGCF without transfer";

  /** Each network over its ablation, and what has a space of its own over the best that has. */
  private static final List<Gain> GAINS =
      List.of(
          new Gain(EMCDR, RIDGE),
          new Gain(PTUPCDR, RIDGE),
          new Gain(BITGCF, BITGCF_APART),
          new Gain(BITGCF, KERNEL),
          new Gain(CMF, KERNEL));

  private record Gain(String of, String over) {}

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
    Map<String, double[]> figures = new HashMap<>();
    for (int s = 0; s < SEEDS; s++) {
      SplittableRandom random = new SplittableRandom(seed + s);
      BridgeData data =
          new BridgeData(
              source.interactions(),
              positives,
              split.training(),
              factors(source.positives(), source.scale(), random),
              factors(positives, split.scale(), random));
      bridges(data, random)
          .forEach(
              (name, bridge) ->
                  add(
                      bridge,
                      data,
                      figures.computeIfAbsent(name, each -> new double[users.size()])));
    }
    return GAINS.stream()
        .map(gain -> gain(gain, known(figures, gain.of()), known(figures, gain.over())))
        .toList();
  }

  private static Map<String, Bridge> bridges(BridgeData data, SplittableRandom random) {
    BridgeFamily family = BridgeFamily.fit(data, 1, random);
    Map<String, Bridge> bridges = new TreeMap<>();
    bridges.put(RIDGE, family.shared());
    bridges.put(EMCDR, family.mlp());
    bridges.put(PTUPCDR, family.ptupcdr());
    bridges.put(
        BITGCF_APART,
        BridgeTrainers.graph(BiTgcfTrainer.DEFAULT.withoutTransfer()).fit(data, random));
    bridges.put(BITGCF, BridgeTrainers.graph(BiTgcfTrainer.DEFAULT).fit(data, random));
    bridges.put(CMF, BridgeTrainers.collective().fit(data, random));
    bridges.put(KERNEL, BridgeTrainers.kernel().fit(data, random));
    return bridges;
  }

  private static double[] known(Map<String, double[]> figures, String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }

  private static Figure gain(Gain gain, double[] with, double[] without) {
    Interval interval = Bootstrap.DEFAULT.pairedDifference(with, without, new SplittableRandom(0));
    return Figure.of(
            gain.of() + " over " + gain.over() + ", cold users", interval.mean(), "nDCG@10")
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

  private void add(Bridge bridge, BridgeData data, double[] to) {
    float[] out = new float[positives.items().size()];
    for (int u = 0; u < to.length; u++) {
      NewUser user = users.get(u);
      History history = source.interactions().history(user.user());
      bridge.rank(history, data.sourceModel(), data.targetModel(), out);
      to[u] += user.ndcg(out) / SEEDS;
    }
  }
}
