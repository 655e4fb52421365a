package dev.thaw.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CollectiveAlsTest {
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final ImplicitAlsConfig CONFIG = new ImplicitAlsConfig(4, 2, 3, 6, 0.1);

  private static Interactions likes(String domain, String prefix, int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder likes = Interactions.builder(new DomainId(domain));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 5; n++) {
        likes.add(new UserId(prefix + u), new ItemId(domain + u % 3 + "-" + random.nextInt(8)), 5);
      }
    }
    return likes.build();
  }

  private static CollectiveFactors fit(Interactions source, Interactions target, int threads) {
    return new CollectiveAlsTrainer(CONFIG, threads)
        .fit(source, SCALE, target, SCALE, new SplittableRandom(3));
  }

  @Test
  void domainsOfOtherUsersHaveTheFactorsThatEachHasAlone() {
    Interactions books = likes("books", "reader", 40, 1);
    Interactions movies = likes("movies", "viewer", 40, 2);
    CollectiveFactors joint = fit(books, movies, 1);
    FactorModel alone =
        FactorTrainers.implicitAls(CONFIG, SCALE, 1, TrainingProgress.SILENT)
            .fit(movies, new SplittableRandom(3));
    for (int item = 0; item < alone.items().size(); item++) {
      float[] expected = alone.indexVector(item);
      float[] vector = joint.target().indexVector(item);
      for (int i = 0; i < expected.length; i++) {
        assertThat(vector[i]).as("item %s", item).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void aSharedUserHasOneVectorAndThreadsChangeNothing() {
    Interactions books = likes("books", "u", 60, 1);
    Interactions movies = likes("movies", "u", 60, 2);
    CollectiveFactors joint = fit(books, movies, 1);
    float[] scores = new float[movies.items().size()];
    for (int u = 0; u < 3; u++) {
      joint.target().score(joint.source().foldIn(books.history(new UserId("u" + u))), scores);
      int best = 0;
      for (int item = 0; item < scores.length; item++) {
        best = scores[item] > scores[best] ? item : best;
      }
      assertThat(movies.items().get(best).value()).startsWith("movies" + u);
    }
    CollectiveFactors again = fit(books, movies, 3);
    for (int item = 0; item < movies.items().size(); item++) {
      assertThat(again.target().indexVector(item)).isEqualTo(joint.target().indexVector(item));
    }
  }

  @Test
  void oneDomainTwiceIsRefused() {
    Interactions books = likes("books", "u", 5, 1);
    assertThatThrownBy(() -> fit(books, books, 1)).hasMessageContaining("twice books");
  }
}
