package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.factors.RatingTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Trains, per domain, popularity, implicit weighted ALS and item-to-item models for ranking and,
 * where there are ratings, the better of explicit ALS and biased factorisation on validation users,
 * the parameters of both chosen on others. The validated figures go into the provenance; the
 * artefacts are trained on everybody.
 */
public final class TrainFactors {
  /** Name of the job. */
  public static final String NAME = "train-factors";

  static final String IMPLICIT = "implicit-als";
  static final String EXPLICIT = "explicit-als";

  /** Names a random generator, so that all forms of the job begin alike. */
  static final String ALS = "als";

  /** Parameter names, below {@code jobs.parameters}. */
  public static final String RANK = "train-factors.rank";

  /** Items whose weights are kept of each item. */
  public static final String NEIGHBOURS = "train-factors.neighbours";

  /** Sweeps of ALS over items and users. */
  public static final String SWEEPS = "train-factors.sweeps";

  /** Whether users and items are dealt out to all tasks, see {@link DistributedFactors}. */
  public static final String DISTRIBUTED = "train-factors.distributed";

  private final TrainingSettings settings;
  private final FactorChoices choices;
  private final WrittenModels written;

  private TrainFactors(TrainingSettings settings, Consumer<String> out) {
    this.settings = settings;
    this.choices = new FactorChoices(settings);
    this.written = new WrittenModels(RunArtefacts.open(settings), Map.of(), out);
  }

  /**
   * Gives out what was written, in words.
   *
   * @param events of all domains; bounded
   * @param profiles which the distributed form makes nothing of and does not read; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> events,
      Supplier<DataStream<TrainingRecord>> profiles,
      TrainingSettings settings) {
    if (settings.flag(DISTRIBUTED, false)) {
      return DistributedFactors.build(events, settings);
    }
    return TrainingOperator.apply(
        NAME,
        events.union(profiles.get()),
        settings.domains(),
        (data, out) -> new TrainFactors(settings, out).train(data),
        Types.STRING);
  }

  private void train(TrainingData data) {
    for (DomainId domain : data.domains()) {
      DomainDefinition definition = data.definitions().get(domain).orElseThrow();
      RatingScale scale = RatingScale.of(definition);
      data.positives(domain)
          .filter(p -> p.size() > 0)
          .ifPresent(
              p -> {
                rank(p, scale);
                UserAttributes users = UserAttributes.of(definition.attributes(), data.profiles());
                written.writeItemToItem(p, users, scale, choices, p.dataHash());
              });
      data.ratings(domain).filter(r -> r.size() > 0).ifPresent(r -> rate(r, scale));
    }
  }

  private void rank(Interactions positives, RatingScale scale) {
    String hash = positives.dataHash();
    written.write(
        ArtefactKind.POPULARITY, Popularity.of(positives), "popularity", Map.of(), hash, Map.of());
    ImplicitAlsTuning.Choice choice = choices.implicit(positives, positives.rows(), scale);
    written.write(
        ArtefactKind.FACTORS,
        FactorTrainers.implicitAls(choice.config(), scale, settings.threads(), FactorChoices::log)
            .fit(positives, settings.random(IMPLICIT)),
        IMPLICIT,
        choice.config().toMap(),
        hash,
        choice.metrics());
  }

  private void rate(Interactions ratings, RatingScale scale) {
    ValidationUsers validation = ValidationUsers.choose(ratings, settings.random("validation"));
    RatingTuning tuning = choices.ratings(validation.training(), scale);
    ExplicitAlsConfig als = tuning.choose(choices.explicit()).config();
    BiasedFactorisationConfig sgd =
        tuning.choose(BiasedFactorisationConfig.DEFAULT.withRank(als.rank())).config();
    Trainer<Interactions, FactorModel> alsTrainer =
        FactorTrainers.explicitAls(als, scale, settings.threads(), FactorChoices::log);
    Trainer<Interactions, FactorModel> sgdTrainer =
        FactorTrainers.biasedFactorisation(sgd, scale, TrainingProgress.SILENT);
    boolean sgdWins = false;
    Map<String, Double> metrics = Map.of();
    if (!validation.isEmpty()) {
      Map<String, Double> byAls =
          validation.ratings(alsTrainer.fit(validation.training(), settings.random(ALS)));
      Map<String, Double> bySgd =
          validation.ratings(sgdTrainer.fit(validation.training(), settings.random("sgd")));
      sgdWins = ValidationUsers.rmse(bySgd) < ValidationUsers.rmse(byAls);
      metrics = sgdWins ? bySgd : byAls;
    }
    FactorModel model =
        sgdWins
            ? sgdTrainer.fit(ratings, settings.random("sgd"))
            : alsTrainer.fit(ratings, settings.random(ALS));
    written.write(
        ArtefactKind.RATINGS,
        model,
        sgdWins ? "biased-factorisation" : EXPLICIT,
        sgdWins ? sgd.toMap() : als.toMap(),
        ratings.dataHash(),
        metrics);
  }
}
