package dev.thaw.models.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoutedUserTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static final DomainId MOVIES = new DomainId("movies");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final UserId USER = new UserId("u");

  /** An item at each of the times. */
  private static Interactions likes(DomainId domain, long... times) {
    InteractionsBuilder all = Interactions.builder(domain);
    for (int i = 0; i < times.length; i++) {
      all.add(USER, new ItemId(domain.value() + i), 5, times[i]);
    }
    return all.build();
  }

  private static List<Long> knownElsewhere(Interactions movies, Interactions books, int given) {
    ServedData data =
        new ServedData(
            movies,
            SCALE,
            Map.of(BOOKS, new SourceDomain(books, SCALE)),
            Map.of(),
            List.of(),
            null);
    RoutedUser.Question question = RoutedUser.of(movies, USER, 1).given(given, data).orElseThrow();
    return question.evidence().sources().getOrDefault(BOOKS, History.EMPTY).entries().stream()
        .map(History.Entry::timeMillis)
        .toList();
  }

  @Test
  void whatCameElsewhereAfterTheQuestionIsNotKnown() {
    Interactions movies = likes(MOVIES, 10, 20, 30);
    Interactions books = likes(BOOKS, 5, 15, 20, 25);
    assertThat(knownElsewhere(movies, books, 0)).containsExactly(5L);
    assertThat(knownElsewhere(movies, books, 1)).containsExactlyInAnyOrder(5L, 15L);
    assertThat(knownElsewhere(movies, books, 2)).hasSize(4);
  }

  @Test
  void whatHasNoTimeIsKnown() {
    Interactions untimed =
        likes(BOOKS, LongStream.generate(() -> Interactions.UNTIMED).limit(3).toArray());
    assertThat(knownElsewhere(likes(MOVIES, 10, 20), untimed, 0)).hasSize(3);
    assertThat(
            knownElsewhere(
                likes(MOVIES, Interactions.UNTIMED, Interactions.UNTIMED), likes(BOOKS, 5, 6), 0))
        .as("nobody knows when it was asked")
        .hasSize(2);
  }
}
