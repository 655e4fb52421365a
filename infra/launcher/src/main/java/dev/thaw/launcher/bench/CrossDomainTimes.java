package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.bridge.CollectiveFactorisation;
import dev.thaw.models.bridge.CollectiveFactorisationTrainer;
import dev.thaw.models.bridge.CollectiveTuning;
import dev.thaw.models.bridge.RatingPair;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trainings for users who come from another domain, factors of both domains included, at the rank
 * of the official code.
 */
final class CrossDomainTimes {
  private static final int TURNS = 5;
  private static final ExplicitAlsConfig FACTORS = ExplicitAlsConfig.DEFAULT.withSize(10, 10);

  /** Of the official code from books to movies, factors included; for any pair. */
  private static final double OFFICIAL_EMCDR = 7.3;

  private static final double OFFICIAL_PTUPCDR = 24.5;
  private static final double TIMES_FASTER = 10;

  private final int threads;
  private final long seed;

  CrossDomainTimes(int threads, long seed) {
    this.threads = threads;
    this.seed = seed;
  }

  record Trained(FactorModel source, FactorModel target, Bridge bridge) {}

  List<Figure> run(Experiment split) {
    SourceDomain source = split.sources().values().iterator().next();
    long ratings = (long) source.interactions().size() + split.training().size();
    Timed<BiasModel[]> biases =
        Timed.of(
            TURNS,
            () ->
                new BiasModel[] {
                  BiasModel.fit(source.interactions(), source.scale()),
                  BiasModel.fit(split.training(), split.scale())
                });
    RatingErrors bar =
        SplitErrors.ratings(
            split,
            user -> {
              double bias = biases.result()[0].userBias(there(source, user));
              BiasModel here = biases.result()[1];
              return item -> here.rating(bias, here.items().indexOf(item));
            });
    List<Figure> figures = new ArrayList<>();
    for (Named each : bridges()) {
      Timed<Trained> timed = Timed.of(TURNS, () -> train(each.trainer, source, split));
      RatingErrors errors =
          SplitErrors.ratings(
              split,
              user -> {
                Trained trained = timed.result();
                UserVector mapped = trained.bridge.map(there(source, user), trained.source);
                return item -> trained.target.rating(mapped, item);
              });
      figures.add(
          beside(timed.figure(each.name, ratings), errors, biases, bar)
              .atMost(each.seconds / TIMES_FASTER)
              .saidOf(each.reference));
    }
    RatingPair pair =
        new RatingPair(source.interactions(), source.scale(), split.training(), split.scale());
    ExplicitAlsConfig chosen = CollectiveTuning.choose(pair, FACTORS, threads, random());
    Timed<CollectiveFactorisation> joint = Timed.of(TURNS, () -> collective(pair, chosen));
    RatingErrors errors =
        SplitErrors.ratings(
            split,
            user -> {
              CollectiveFactorisation.Cold cold = joint.result().cold(there(source, user));
              return item -> joint.result().rating(cold, item);
            });
    figures.add(
        beside(joint.figure("CMF, its lambda chosen before", ratings), errors, biases, bar));
    return figures;
  }

  /**
   * @param seconds of the official code
   */
  private record Named(
      String name, Trainer<BridgeData, Bridge> trainer, double seconds, String reference) {}

  private static List<Named> bridges() {
    String emcdr =
        "reference, not measured here: official EMCDR, books to movies, %s s, MAE 1.646, RMSE 2.080"
            .formatted(OFFICIAL_EMCDR);
    String ptupcdr =
        "reference, not measured here: official PTUPCDR, books to movies, %s s, best MAE .986, RMSE 1.338"
            .formatted(OFFICIAL_PTUPCDR);
    return List.of(
        new Named("EMCDR, linear", BridgeTrainers.linear(), OFFICIAL_EMCDR, emcdr),
        new Named("EMCDR, perceptron", BridgeTrainers.emcdr(), OFFICIAL_EMCDR, emcdr),
        new Named("PTUPCDR", BridgeTrainers.ptupcdr(), OFFICIAL_PTUPCDR, ptupcdr));
  }

  private static Figure beside(
      Figure figure, RatingErrors errors, Timed<BiasModel[]> biases, RatingErrors bar) {
    return figure
        .beside("item mean + source bias", biases.seconds())
        .with("MAE", errors.mae())
        .with("RMSE", errors.rmse())
        .with("MAE of item mean + source bias", bar.mae())
        .with("its RMSE", bar.rmse());
  }

  private static History there(SourceDomain source, HeldOutUser user) {
    return source.interactions().history(user.user());
  }

  Trained train(Trainer<BridgeData, Bridge> trainer, SourceDomain there, Experiment split) {
    return train(trainer, there, split.training(), split.scale());
  }

  /** Factors of both domains and the bridge between them. */
  Trained train(
      Trainer<BridgeData, Bridge> trainer,
      SourceDomain there,
      Interactions here,
      RatingScale scale) {
    SplittableRandom random = random();
    FactorModel source = factors(there.interactions(), there.scale(), random);
    FactorModel target = factors(here, scale, random);
    BridgeData data = new BridgeData(there.interactions(), here, source, target);
    return new Trained(source, target, trainer.fit(data, random));
  }

  CollectiveFactorisation collective(RatingPair pair, ExplicitAlsConfig config) {
    return new CollectiveFactorisationTrainer(config, threads).fit(pair, random());
  }

  private FactorModel factors(Interactions ratings, RatingScale scale, SplittableRandom random) {
    return FactorTrainers.explicitAls(FACTORS, scale, threads, TrainingProgress.SILENT)
        .fit(ratings, random);
  }

  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
