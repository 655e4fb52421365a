package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeFamily;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.bridge.CollectiveFactorisation;
import dev.thaw.models.bridge.CollectiveFactorisationTrainer;
import dev.thaw.models.bridge.CollectiveTuning;
import dev.thaw.models.bridge.ItemToItemRidge;
import dev.thaw.models.bridge.RatingPair;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What crosses domains beside the ridge and the gated bridge, each with what it has to beat: EMCDR
 * and PTUPCDR (the shared bridge), BiTGCF (without transfer), CMF and, stacked with equal weights,
 * the ridge over what was met and what was liked with BiTGCF and PTUPCDR; for ratings EMCDR,
 * PTUPCDR and CMF (the source bias by the same learned share).
 */
final class NeuralBridges {
  private static final int RATING_RANK = 16;
  private static final int SWEEPS = 10;

  private static final ExplicitAlsConfig JOINT =
      ExplicitAlsConfig.DEFAULT.withSize(RATING_RANK, SWEEPS);

  private final Experiment experiment;
  private final int threads;
  private final long seed;

  NeuralBridges(Experiment experiment, int threads, long seed) {
    this.experiment = experiment;
    this.threads = threads;
    this.seed = seed;
  }

  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }

  /**
   * @param target factors of the target
   * @param source factors of the source
   */
  List<RankingMethod> rankings(DomainId domain, FactorModel source, FactorModel target) {
    SourceDomain there = experiment.sources().get(domain);
    if (there == null) {
      throw new IllegalArgumentException("no source " + domain);
    }
    Interactions positives = experiment.positives();
    BridgeData data = new BridgeData(there.interactions(), positives, source, target);
    BridgeFamily family = BridgeFamily.fit(data, threads, random());
    SourceScores graph = of(graph(data, BiTgcfTrainer.DEFAULT), source, target);
    Bridge apart = graph(data, BiTgcfTrainer.DEFAULT.withoutTransfer());
    ItemToItemRidge ridge = ItemToItemRidge.fit(WithLikes.of(there), positives);
    List<SourceScores> stacked =
        List.of(
            (history, out) -> ridge.score(WithLikes.of(history, there.scale()), out),
            graph,
            of(family.ptupcdr(), source, target));
    return List.of(
        Named.baseline(
            ranking("shared bridge " + domain, domain, of(family.shared(), source, target))),
        ranking("emcdr-mlp " + domain, domain, of(family.mlp(), source, target)),
        ranking("ptupcdr " + domain, domain, of(family.ptupcdr(), source, target)),
        ranking("bitgcf " + domain, domain, graph),
        Named.baseline(
            ranking("bitgcf without transfer " + domain, domain, of(apart, source, target))),
        ranking(
            "cmf " + domain,
            domain,
            of(BridgeTrainers.collective().fit(data, random()), source, target)),
        ranking("ridge with likes " + domain, domain, stacked.get(0)),
        ranking("stacked bridges " + domain, domain, new StackedScores(stacked)));
  }

  private Bridge graph(BridgeData data, BiTgcfTrainer trainer) {
    return BridgeTrainers.graph(trainer).fit(data, random());
  }

  private static SourceScores of(Bridge bridge, FactorModel source, FactorModel target) {
    return (history, out) -> bridge.rank(history, source, target, out);
  }

  /** Predictors for users of whom ratings in the source alone are used. */
  List<RatingMethod> ratings() {
    List<RatingMethod> methods = new ArrayList<>();
    experiment
        .sources()
        .forEach(
            (domain, there) -> {
              int overlap = BridgeData.overlap(there.interactions(), experiment.training());
              if (overlap >= BridgeTrainer.MIN_OVERLAP) {
                methods.addAll(ratings(domain, there.on(experiment.scale())));
              }
            });
    return methods;
  }

  private List<RatingMethod> ratings(DomainId domain, SourceDomain there) {
    Interactions training = experiment.training();
    RatingPair pair =
        new RatingPair(there.interactions(), there.scale(), training, experiment.scale());
    CollectiveFactorisation joint =
        new CollectiveFactorisationTrainer(
                CollectiveTuning.choose(pair, JOINT, threads, random()), threads)
            .fit(pair, random());
    FactorModel source = explicit(there.interactions(), there.scale());
    FactorModel target = explicit(training, experiment.scale());
    BridgeFamily family =
        BridgeFamily.fit(
            new BridgeData(there.interactions(), training, source, target), threads, random());
    return List.of(
        Named.rating(
            "item mean + learned source bias " + domain,
            user -> {
              CollectiveFactorisation.Cold cold = joint.cold(rated(domain, user));
              return item -> joint.biasRating(cold, item);
            }),
        Named.rating(
            "cmf " + domain,
            user -> {
              CollectiveFactorisation.Cold cold = joint.cold(rated(domain, user));
              return item -> joint.rating(cold, item);
            }),
        rating("shared bridge " + domain, domain, family.shared(), source, target),
        rating("emcdr-mlp " + domain, domain, family.mlp(), source, target),
        rating("ptupcdr " + domain, domain, family.ptupcdr(), source, target));
  }

  private FactorModel explicit(Interactions ratings, RatingScale scale) {
    return FactorTrainers.explicitAls(
            ExplicitAlsConfig.DEFAULT.withSize(RATING_RANK, SWEEPS),
            scale,
            threads,
            TrainingProgress.SILENT)
        .fit(ratings, random());
  }

  private RatingMethod rating(
      String name, DomainId domain, Bridge bridge, FactorModel source, FactorModel target) {
    return Named.rating(
        name,
        user -> {
          UserVector mapped = bridge.map(rated(domain, user), source);
          return item -> target.rating(mapped, item);
        });
  }

  /** On the target's scale. */
  private History rated(DomainId domain, Evidence user) {
    SourceDomain there = experiment.sources().get(domain);
    History history = in(domain, user);
    return there == null ? history : there.on(experiment.scale(), history);
  }

  private static History in(DomainId domain, Evidence user) {
    return user.sources().getOrDefault(domain, History.EMPTY);
  }

  private static RankingMethod ranking(String name, DomainId domain, SourceScores scores) {
    return Named.ranking(
        name,
        (user, out) -> {
          History there = in(domain, user);
          scores.score(there, out);
          return !there.entries().isEmpty();
        });
  }
}
