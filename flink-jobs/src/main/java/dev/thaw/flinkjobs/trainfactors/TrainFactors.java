package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.factors.RatingTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemPair;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains, per domain, popularity, implicit weighted ALS and item-to-item models for ranking and,
 * where there are ratings, the better of explicit ALS and biased factorisation on validation users,
 * the parameters of both chosen on others. The validated figures go into the provenance; the
 * artefacts are trained on everybody.
 */
public final class TrainFactors {
  /** Name of the job. */
  public static final String NAME = "train-factors";

  private static final Logger LOG = LoggerFactory.getLogger(TrainFactors.class);

  /** Parameter names, below {@code jobs.parameters}. */
  public static final String RANK = "train-factors.rank";

  /** Items whose weights are kept of each item. */
  public static final String NEIGHBOURS = "train-factors.neighbours";

  private final TrainingSettings settings;
  private final RunArtefacts artefacts;

  private TrainFactors(TrainingSettings settings) {
    this.settings = settings;
    this.artefacts = RunArtefacts.open(settings);
  }

  /**
   * Gives out what was written, in words.
   *
   * @param events of all domains; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> events, TrainingSettings settings) {
    return TrainingOperator.apply(
        NAME,
        events,
        settings.domains(),
        (data, out) -> new TrainFactors(settings).train(data, out),
        Types.STRING);
  }

  private void train(TrainingData data, Consumer<String> out) {
    for (DomainId domain : data.domains()) {
      DomainDefinition definition = data.definitions().get(domain).orElseThrow();
      RatingScale scale = RatingScale.of(definition);
      data.positives(domain)
          .filter(p -> p.size() > 0)
          .ifPresent(
              p -> {
                rank(p, scale, out);
                likedTogether(p, scale, out);
              });
      data.ratings(domain).filter(r -> r.size() > 0).ifPresent(r -> rate(r, scale, out));
    }
  }

  private void rank(Interactions positives, RatingScale scale, Consumer<String> out) {
    String hash = positives.dataHash();
    write(
        ArtefactKind.POPULARITY,
        Popularity.of(positives),
        "popularity",
        Map.of(),
        hash,
        Map.of(),
        out);
    ImplicitAlsConfig base = ImplicitAlsConfig.DEFAULT;
    ImplicitAlsConfig config =
        new ImplicitAlsConfig(
            settings.intParameter(RANK, base.rank()),
            base.lambda(),
            base.alpha(),
            base.sweeps(),
            base.popularityWeight(),
            base.userRidge());
    ImplicitAlsTuning.Choice choice =
        new ImplicitAlsTuning(config, scale, settings.threads(), TrainFactors::log)
            .choose(positives, settings.random("validation"));
    write(
        ArtefactKind.FACTORS,
        FactorTrainers.implicitAls(choice.config(), scale, settings.threads(), TrainFactors::log)
            .fit(positives, settings.random("implicit-als")),
        "implicit-als",
        choice.config().toMap(),
        hash,
        choice.metrics(),
        out);
  }

  private void likedTogether(Interactions positives, RatingScale scale, Consumer<String> out) {
    int neighbours = settings.intParameter(NEIGHBOURS, ItemToItemConfig.DEFAULT.neighbours());
    ItemToItemTuning.Choice choice =
        new ItemToItemTuning(neighbours, scale, settings.threads(), TrainFactors::log)
            .choose(positives, settings.random("item-to-item"));
    write(
        ArtefactKind.ITEM_TO_ITEM,
        ItemToItemPair.fit(choice, positives, scale, settings.threads()),
        "item-to-item",
        choice.toMap(),
        positives.dataHash(),
        choice.metrics(),
        out);
  }

  private void rate(Interactions ratings, RatingScale scale, Consumer<String> out) {
    int rank = settings.intParameter(RANK, ExplicitAlsConfig.DEFAULT.rank());
    ValidationUsers validation = ValidationUsers.choose(ratings, settings.random("validation"));
    RatingTuning tuning =
        new RatingTuning(
            validation.training(),
            scale,
            settings.threads(),
            TrainFactors::log,
            settings.random("rating-parameters"));
    ExplicitAlsConfig als =
        tuning
            .choose(ExplicitAlsConfig.DEFAULT.withSize(rank, ExplicitAlsConfig.DEFAULT.sweeps()))
            .config();
    BiasedFactorisationConfig sgd =
        tuning.choose(BiasedFactorisationConfig.DEFAULT.withRank(rank)).config();
    Trainer<Interactions, FactorModel> alsTrainer =
        FactorTrainers.explicitAls(als, scale, settings.threads(), TrainFactors::log);
    Trainer<Interactions, FactorModel> sgdTrainer =
        FactorTrainers.biasedFactorisation(sgd, scale, TrainingProgress.SILENT);
    boolean sgdWins = false;
    Map<String, Double> metrics = Map.of();
    if (!validation.isEmpty()) {
      Map<String, Double> byAls =
          validation.ratings(alsTrainer.fit(validation.training(), settings.random("als")));
      Map<String, Double> bySgd =
          validation.ratings(sgdTrainer.fit(validation.training(), settings.random("sgd")));
      sgdWins = ValidationUsers.rmse(bySgd) < ValidationUsers.rmse(byAls);
      metrics = sgdWins ? bySgd : byAls;
    }
    FactorModel model =
        sgdWins
            ? sgdTrainer.fit(ratings, settings.random("sgd"))
            : alsTrainer.fit(ratings, settings.random("als"));
    write(
        ArtefactKind.RATINGS,
        model,
        sgdWins ? "biased-factorisation" : "explicit-als",
        sgdWins ? sgd.toMap() : als.toMap(),
        ratings.dataHash(),
        metrics,
        out);
  }

  private <M> void write(
      ArtefactKind<M> kind,
      M model,
      String trainer,
      Map<String, String> params,
      String hash,
      Map<String, Double> metrics,
      Consumer<String> out) {
    ArtefactRef ref = artefacts.write(kind, model, trainer, params, hash, metrics);
    out.accept(ref + " by " + trainer + (metrics.isEmpty() ? "" : ", validated " + metrics));
  }

  private static void log(String what, int done, int of) {
    LOG.debug("{}: {} of {}", what, done, of);
  }
}
