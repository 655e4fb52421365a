package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.factors.RatingTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parameters of the models: what is configured, and the rest chosen on users held out. */
final class FactorChoices {
  private static final Logger LOG = LoggerFactory.getLogger(FactorChoices.class);

  private final TrainingSettings settings;

  FactorChoices(TrainingSettings settings) {
    this.settings = settings;
  }

  int threads() {
    return settings.threads();
  }

  /**
   * @param positives of all users or of a sample
   * @param rows users of whom the model will learn
   */
  ImplicitAlsTuning.Choice implicit(Interactions positives, int rows, RatingScale scale) {
    ImplicitAlsConfig base = ImplicitAlsConfig.DEFAULT;
    ImplicitAlsConfig config =
        new ImplicitAlsConfig(
            settings.intParameter(TrainFactors.RANK, base.rank()),
            base.lambda(),
            base.alpha(),
            sweeps(base.sweeps()),
            base.popularityWeight(),
            base.userRidge());
    return new ImplicitAlsTuning(config, scale, threads(), FactorChoices::log)
        .choose(positives, rows, settings.random("validation"));
  }

  ItemToItemTuning.Choice itemToItem(
      Interactions positives, UserAttributes attributes, RatingScale scale) {
    int neighbours =
        settings.intParameter(TrainFactors.NEIGHBOURS, ItemToItemConfig.DEFAULT.neighbours());
    return new ItemToItemTuning(neighbours, scale, threads(), FactorChoices::log)
        .choose(positives, attributes, settings.random("item-to-item"));
  }

  ItemToItemEnsembles fit(
      ItemToItemTuning.Choice choice,
      Interactions positives,
      UserAttributes attributes,
      RatingScale scale) {
    return ItemToItemEnsembles.fit(
        choice, positives, attributes, scale, threads(), settings.random("item-to-item-training"));
  }

  /** Chooses the parameters of rating models on these ratings. */
  RatingTuning ratings(Interactions ratings, RatingScale scale) {
    return new RatingTuning(
        ratings, scale, threads(), FactorChoices::log, settings.random("rating-parameters"));
  }

  /** What is configured of explicit ALS. */
  ExplicitAlsConfig explicit() {
    ExplicitAlsConfig base = ExplicitAlsConfig.DEFAULT;
    return base.withSize(
        settings.intParameter(TrainFactors.RANK, base.rank()), sweeps(base.sweeps()));
  }

  private int sweeps(int otherwise) {
    return settings.intParameter(TrainFactors.SWEEPS, otherwise);
  }

  static void log(String what, int done, int of) {
    LOG.debug("{}: {} of {}", what, done, of);
  }
}
