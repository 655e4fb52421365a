package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.ranking.TopItems;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ItemToItemRidgeTest {
  private static Interactions of(String domain, String prefix, int users) {
    SplittableRandom random = new SplittableRandom(prefix.hashCode());
    InteractionsBuilder builder = Interactions.builder(new DomainId(domain));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 8; n++) {
        ItemId item = new ItemId(prefix + u % 4 + "-" + random.nextInt(20));
        builder.add(new UserId("u" + u), item, 5);
      }
    }
    return builder.build();
  }

  @Test
  void aReaderOfOneTasteIsShownItsMovies() {
    Interactions books = of("books", "b", 200);
    ItemToItemRidge ridge =
        ItemToItemRidge.fit(books, of("movies", "m", 200), new SplittableRandom(1));
    float[] scores = new float[ridge.items().size()];
    ridge.score(books.history(new UserId("u2")), scores);
    for (int item : TopItems.of(scores, 5, i -> true)) {
      assertThat(ridge.items().get(item).value()).startsWith("m2");
    }
  }

  @Test
  void booksThatNobodyReadSayNothing() {
    ItemToItemRidge ridge =
        ItemToItemRidge.fit(of("books", "b", 50), of("movies", "m", 50), new SplittableRandom(1));
    float[] scores = new float[ridge.items().size()];
    History unknown =
        new History(1, java.util.List.of(new History.Entry(new ItemId("other"), 5, 0)));
    ridge.score(unknown, scores);
    assertThat(scores).containsOnly(0f);
  }

  @Test
  void withoutOverlapItIsRefused() {
    assertThatThrownBy(
            () ->
                ItemToItemRidge.fit(
                    of("books", "b", 5), of("movies", "m", 50), new SplittableRandom(1)))
        .hasMessageContaining("at least 10 overlap users, had 5");
  }
}
