package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorRanker;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemModel;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is liked together, on generated likes of catalogues of growing size: time to train and to
 * score all items for a history, beside implicit ALS of the same likes, and what both rank.
 */
final class ItemToItemBench implements Benchmark {
  private static final List<Integer> ITEMS = List.of(6_250, 25_000, 100_000);
  private static final int USERS_PER_ITEM = 1;
  private static final int LIKES = 30;
  private static final int TASTES = 50;
  private static final int VALIDATION = 200;
  private static final int GIVEN = 10;
  private static final int HISTORIES = 200;
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  @Override
  public String name() {
    return "item-to-item";
  }

  @Override
  public String description() {
    return "seconds to train item-to-item models and ms to score a catalogue, beside implicit ALS";
  }

  @Override
  public List<Figure> run(BenchContext context) {
    List<Figure> figures = new ArrayList<>();
    for (int items : ITEMS) {
      try (Progress.Task task = context.progress().begin("%,d items".formatted(items), 0)) {
        figures.addAll(measure(likes(items, context.seed()), items, context));
      }
    }
    return figures;
  }

  /** Users like items of two of the tastes, of each the first ones most. */
  private static Interactions likes(int items, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder likes = Interactions.builder(DomainId.of("generated"));
    for (int user = 0; user < items * USERS_PER_ITEM; user++) {
      int[] tastes = {random.nextInt(TASTES), random.nextInt(TASTES)};
      for (int n = 0; n < LIKES; n++) {
        double place = Math.pow(random.nextDouble(), 3);
        int item = (int) (place * items / TASTES) * TASTES + tastes[n % 2];
        likes.add(UserId.of("u" + user), PlantedWorld.item(item), SCALE.max(), n);
      }
    }
    return likes.build();
  }

  private static List<Figure> measure(Interactions all, int items, BenchContext context) {
    ColdUsers users = ColdUsers.choose(all, VALIDATION, new SplittableRandom(context.seed()));
    Interactions training = users.training();
    ItemToItemTrainer trainer =
        new ItemToItemTrainer(ItemToItemConfig.DEFAULT, SCALE, context.threads());
    trainer.fit(training);
    long begun = System.nanoTime();
    ItemToItemModel together = trainer.fit(training);
    double togetherSeconds = seconds(begun);
    begun = System.nanoTime();
    FactorModel factors =
        FactorTrainers.implicitAls(
                ImplicitAlsConfig.DEFAULT, SCALE, context.threads(), TrainingProgress.SILENT)
            .fit(training, new SplittableRandom(context.seed()));
    double factorSeconds = seconds(begun);
    FactorRanker byFactors = new FactorRanker("implicit-als", factors);
    String of = "%,d items, %,d likes".formatted(items, training.size());
    return List.of(
        Figure.of("training of item-to-item, " + of, togetherSeconds, "s")
            .beside("implicit ALS", factorSeconds)
            .with("nDCG@10 after " + GIVEN + " likes", ndcg(users, together))
            .with("implicit ALS", ndcg(users, byFactors))
            .with("popularity", ndcg(users, PopularityRanker.fit(training))),
        Figure.of("scoring of all of " + of, millis(together, all), "ms")
            .beside("implicit ALS, folding in included", millis(byFactors, all)));
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double ndcg(ColdUsers users, Ranker ranker) {
    double[] each = users.ndcg(ranker, GIVEN);
    return java.util.Arrays.stream(each).average().orElse(0);
  }

  /** Mean of the second of two rounds over the same histories. */
  private static double millis(Ranker ranker, Interactions all) {
    float[] scores = new float[ranker.items().size()];
    long begun = 0;
    for (int round = 0; round < 2; round++) {
      begun = System.nanoTime();
      for (int user = 0; user < HISTORIES; user++) {
        History history = all.history(user);
        ranker.score(history, scores);
      }
    }
    return 1_000 * seconds(begun) / HISTORIES;
  }
}
