package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RatingErrors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CollectiveFactorisationTest {
  private static final int USERS = 400;
  private static final int ITEMS = 30;
  private static final int COLD = 100;
  private static final double SLOPE = 0.6;

  private final Interactions source;
  private final Interactions all;

  /**
   * Target bias 0.6 of the source bias; one taste, by whose sign items of both domains are liked.
   */
  CollectiveFactorisationTest() {
    SplittableRandom random = new SplittableRandom(8);
    InteractionsBuilder books = Interactions.builder(new DomainId("books"));
    InteractionsBuilder movies = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < USERS; u++) {
      UserId user = new UserId("u%03d".formatted(u));
      double bias = random.nextGaussian();
      double taste = random.nextGaussian();
      for (int n = 0; n < 15; n++) {
        int book = random.nextInt(ITEMS);
        int movie = random.nextInt(ITEMS);
        books.add(user, new ItemId("i" + book), 5 + bias + taste * sign(book));
        movies.add(user, new ItemId("i" + movie), 5 + SLOPE * bias + taste * sign(movie));
      }
    }
    source = books.build();
    all = movies.build();
  }

  private static int sign(int item) {
    return item % 2 == 0 ? 1 : -1;
  }

  private static boolean isCold(UserId user) {
    return user.value().compareTo("u%03d".formatted(COLD)) < 0;
  }

  private CollectiveFactorisation fit() {
    RatingScale scale = new RatingScale(-5, 15, 5);
    RatingPair pair = new RatingPair(source, scale, all.ofUsers(user -> !isCold(user)), scale);
    return new CollectiveFactorisationTrainer(ExplicitAlsConfig.DEFAULT.withSize(4, 10), 1)
        .fit(pair, new SplittableRandom(3));
  }

  @Test
  void theShareOfTheBiasIsLearned() {
    // of a bias that 15 ratings and 5 of shrinkage have made 15/20 of
    assertThat(fit().slope()).isCloseTo(SLOPE * 20 / 15, within(0.1));
  }

  @Test
  void coldUsersGetTheTasteThatTheyShowElsewhere() {
    CollectiveFactorisation model = fit();
    RatingErrors joint = new RatingErrors();
    RatingErrors biases = new RatingErrors();
    for (UserId user : all.users()) {
      if (isCold(user)) {
        CollectiveFactorisation.Cold cold = model.cold(source.history(user));
        for (History.Entry entry : all.history(user).entries()) {
          joint.add(model.rating(cold, entry.item()), entry.strength());
          biases.add(model.biasRating(cold, entry.item()), entry.strength());
        }
      }
    }
    assertThat(joint.rmse()).isLessThan(0.6 * biases.rmse());
    assertThat(joint.mae()).isLessThan(0.6 * biases.mae());
  }

  @Test
  void factorsOfNoiseAreDrawnToZeroAndThoseOfTasteAreNot() {
    RatingScale scale = new RatingScale(-5, 15, 5);
    ExplicitAlsConfig base = ExplicitAlsConfig.DEFAULT.withSize(4, 6);
    ExplicitAlsConfig weak = base.withRegularisation(0.1, base.countPower(), 0.1);
    assertThat(choose(new RatingPair(source, scale, all, scale), base).lambda())
        .isLessThanOrEqualTo(3 * base.lambda());
    assertThat(choose(new RatingPair(noise("books", 1), scale, noise("movies", 2), scale), weak))
        .extracting(ExplicitAlsConfig::lambda)
        .isEqualTo(100 * weak.lambda());
  }

  private static ExplicitAlsConfig choose(RatingPair pair, ExplicitAlsConfig base) {
    return CollectiveTuning.choose(pair, base, 1, new SplittableRandom(5));
  }

  private static Interactions noise(String domain, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder ratings = Interactions.builder(new DomainId(domain));
    for (int u = 0; u < USERS; u++) {
      for (int n = 0; n < 15; n++) {
        ItemId item = new ItemId("i" + random.nextInt(ITEMS));
        ratings.add(new UserId("u" + u), item, 5 + random.nextGaussian());
      }
    }
    return ratings.build();
  }

  @Test
  void itemsOfOneIdInBothDomainsAreTwoItems() {
    CollectiveFactorisation model = fit();
    CollectiveFactorisation.Cold nobody = model.cold(History.EMPTY);
    assertThat(model.rating(nobody, new ItemId("i1")))
        .isCloseTo(model.biasRating(nobody, new ItemId("i1")), within(0.3));
    assertThat(model.rating(nobody, new ItemId("unknown"))).isBetween(4.0, 6.0);
  }

  @Test
  void oneDomainTwiceIsRefused() {
    RatingScale scale = new RatingScale(1, 5, 4);
    assertThatThrownBy(() -> new RatingPair(source, scale, source, scale))
        .hasMessageContaining("two domains");
  }
}
