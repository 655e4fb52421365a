package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Two domains whose users are known: two tastes of four in the source say one in the target, a
 * product that no linear map of the source gives.
 */
final class PlantedDomains {
  static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private static final DomainId BOOKS = new DomainId("books");
  private static final DomainId MOVIES = new DomainId("movies");
  private static final int ITEMS_OF_TASTE = 20;

  private PlantedDomains() {}

  /** Taste of the target is the exclusive or of two binary tastes of the source. */
  static BridgeData exclusiveOr(int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder books = Interactions.builder(BOOKS);
    InteractionsBuilder movies = Interactions.builder(MOVIES);
    for (int u = 0; u < users; u++) {
      UserId user = new UserId("u" + u);
      int first = random.nextInt(2);
      int second = random.nextInt(2);
      for (int n = 0; n < 10; n++) {
        books.add(user, item("a" + first, random), 5);
        books.add(user, item("b" + second, random), 5);
        movies.add(user, item("m" + (first ^ second), random), 5);
      }
    }
    Interactions source = books.build();
    Interactions target = movies.build();
    return new BridgeData(source, target, implicit(source), implicit(target));
  }

  /** The same where these users like nothing but the first item of the target. */
  static BridgeData likingTheFirstItem(BridgeData data, Predicate<UserId> which) {
    InteractionsBuilder changed = Interactions.builder(data.target().domain());
    data.target().items().all().forEach(changed::addItem);
    for (UserId user : data.target().users()) {
      for (History.Entry entry : data.target().history(user).entries()) {
        ItemId item = which.test(user) ? data.target().items().get(0) : entry.item();
        changed.add(user, item, entry.strength());
      }
    }
    Interactions target = changed.build();
    return new BridgeData(data.source(), target, target, data.sourceModel(), data.targetModel());
  }

  private static ItemId item(String taste, SplittableRandom random) {
    return new ItemId(taste + "-" + random.nextInt(ITEMS_OF_TASTE));
  }

  static FactorModel implicit(Interactions data) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(6, 5, 1, 8, 0), SCALE, 1, TrainingProgress.SILENT)
        .fit(data, new SplittableRandom(2));
  }

  static FactorModel explicit(Interactions data) {
    return FactorTrainers.explicitAls(ExplicitAlsConfig.DEFAULT, SCALE, 1, TrainingProgress.SILENT)
        .fit(data, new SplittableRandom(2));
  }
}
