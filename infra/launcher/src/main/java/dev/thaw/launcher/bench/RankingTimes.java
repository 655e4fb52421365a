package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorRanker;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.itemtoitem.ItemToItemModel;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.sequential.training.SequentialTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Trainings that rank the catalogue for new users by what they liked first. */
final class RankingTimes {
  private static final int TURNS = 5;
  private static final List<Integer> GIVEN = List.of(5, 20);

  /** Of the package {@code implicit} at the least, 64 factors, on MovieLens 100K. */
  private static final double IMPLICIT = 0.5;

  private final int threads;
  private final long seed;

  RankingTimes(int threads, long seed) {
    this.threads = threads;
    this.seed = seed;
  }

  List<Figure> run(Experiment split) {
    Interactions positives = split.positives();
    UserAttributes attributes = split.served(null).userAttributes();
    ImplicitAlsConfig chosen =
        new ImplicitAlsTuning(
                ImplicitAlsConfig.DEFAULT, split.scale(), threads, TrainingProgress.SILENT)
            .choose(positives, random())
            .config();
    ItemToItemTuning.Choice together =
        new ItemToItemTuning(
                ItemToItemConfig.DEFAULT.neighbours(),
                split.scale(),
                threads,
                TrainingProgress.SILENT)
            .choose(positives, attributes, random());
    Timed<PopularityRanker> popularity = Timed.of(TURNS, () -> PopularityRanker.fit(positives));
    Timed<FactorModel> als = Timed.of(TURNS, () -> als(positives, split.scale(), chosen));
    Timed<ItemToItemEnsembles> ensembles =
        Timed.of(
            TURNS,
            () ->
                ItemToItemEnsembles.fit(
                    together, positives, attributes, split.scale(), threads, random()));
    int size = positives.size();
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                beside(
                        als.figure(
                            "implicit ALS, %d factors, parameters chosen before"
                                .formatted(chosen.rank()),
                            size),
                        new FactorRanker("implicit-als", als.result()),
                        popularity,
                        split)
                    .atMost(IMPLICIT)
                    .saidOf(
                        "reference, not measured here: implicit's ALS of 64 factors 0.5 to 3.6 s on MovieLens 100K"),
                beside(
                    ensembles.figure("item-to-item, parameters chosen before", size),
                    ensembles.result(),
                    popularity,
                    split)));
    sequential(split)
        .map(each -> beside(each.figure("SASRec", size), each.result(), popularity, split))
        .ifPresent(figures::add);
    return figures;
  }

  /**
   * Once: an epoch is long enough for the compiler. Empty where there is no order to learn from.
   */
  private Optional<Timed<SequentialModel>> sequential(Experiment split) {
    if (LikedSequences.obstacle(split.training(), split.scale()).isPresent()) {
      return Optional.empty();
    }
    LikedSequences sequences = LikedSequences.of(split.training(), split.scale(), random());
    return Optional.of(
        Timed.once(
            1,
            () ->
                SequentialTrainer.of(SasrecConfig.DEFAULT, TrainingProgress.SILENT)
                    .fit(sequences, random())));
  }

  private static Figure beside(
      Figure figure, Ranker ranker, Timed<PopularityRanker> popularity, Experiment split) {
    Figure all = figure.beside("popularity", popularity.seconds());
    for (int given : GIVEN) {
      all =
          all.with(
                  "nDCG@10 after %d likes".formatted(given), SplitErrors.ndcg(split, ranker, given))
              .with(
                  "popularity after " + given, SplitErrors.ndcg(split, popularity.result(), given));
    }
    return all;
  }

  FactorModel als(Interactions positives, RatingScale scale, ImplicitAlsConfig config) {
    return FactorTrainers.implicitAls(config, scale, threads, TrainingProgress.SILENT)
        .fit(positives, random());
  }

  /** With the default parameters, whatever the size. */
  ItemToItemModel itemToItem(Interactions positives, RatingScale scale) {
    return new ItemToItemTrainer(ItemToItemConfig.DEFAULT, scale, threads).fit(positives);
  }

  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
