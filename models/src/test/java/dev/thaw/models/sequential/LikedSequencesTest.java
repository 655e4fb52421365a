package dev.thaw.models.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LikedSequencesTest {
  private static final DomainId FILMS = DomainId.of("films");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private static InteractionsBuilder data() {
    return Interactions.builder(FILMS);
  }

  private static List<String> names(LikedSequences data, int user) {
    return Arrays.stream(data.sequences().get(user))
        .mapToObj(item -> data.items().get(item).value())
        .toList();
  }

  @Test
  void likesComeInTheOrderOfTheirTimesWithoutWhatWasNotLiked() {
    Interactions all =
        data()
            .add(UserId.of("u"), ItemId.of("a"), 5, 30)
            .add(UserId.of("u"), ItemId.of("b"), 4, 10)
            .add(UserId.of("u"), ItemId.of("c"), 1, 20)
            .add(UserId.of("u"), ItemId.of("d"), 4, 25)
            .add(UserId.of("v"), ItemId.of("a"), 5, 1)
            .build();
    LikedSequences data = LikedSequences.of(all, SCALE, new SplittableRandom(1));
    assertThat(data.sequences()).as("one like has no order").hasSize(1);
    assertThat(names(data, 0)).containsExactly("b", "d", "a");
    assertThat(data.items().all()).extracting(ItemId::value).containsExactly("a", "b", "d");
    assertThat(data.counts()).containsExactly(2, 1, 1);
  }

  @Test
  void likesOfOneTimeComeInAnOrderOfTheSeedAndNotOfTheirIds() {
    InteractionsBuilder builder = data();
    for (String item : List.of("a", "b", "c")) {
      builder.add(UserId.of("u"), ItemId.of(item), 5, 7);
    }
    Interactions all = builder.build();
    Set<List<String>> orders = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      orders.add(names(LikedSequences.of(all, SCALE, new SplittableRandom(seed)), 0));
    }
    assertThat(orders).hasSize(6);
  }

  @Test
  void aHistorySaysItsNewestKnownLikesOldestFirst() {
    Interactions all =
        data()
            .add(UserId.of("u"), ItemId.of("a"), 5, 1)
            .add(UserId.of("u"), ItemId.of("b"), 5, 2)
            .add(UserId.of("u"), ItemId.of("c"), 5, 3)
            .build();
    LikedSequences data = LikedSequences.of(all, SCALE, new SplittableRandom(1));
    History history =
        new History(
            5,
            List.of(
                new History.Entry(ItemId.of("c"), 5, 9),
                new History.Entry(ItemId.of("unheard-of"), 5, 8),
                new History.Entry(ItemId.of("b"), 2, 7),
                new History.Entry(ItemId.of("a"), 4, 6),
                new History.Entry(ItemId.of("b"), 5, 5)));
    assertThat(LikedSequences.of(history, SCALE, data.items(), 2)).containsExactly(0, 2);
    assertThat(LikedSequences.of(history, SCALE, data.items(), 9)).containsExactly(1, 0, 2);
    assertThat(LikedSequences.of(History.EMPTY, SCALE, data.items(), 9)).isEmpty();
  }

  @Test
  void withoutTimesOrUsersItSaysWhyThereIsNoOrder() {
    InteractionsBuilder untimed = data();
    InteractionsBuilder timed = data();
    for (int user = 0; user < LikedSequences.MIN_USERS; user++) {
      for (int item = 0; item < 3; item++) {
        UserId id = UserId.of("u" + user);
        untimed.add(id, ItemId.of("i" + item), 5);
        timed.add(id, ItemId.of("i" + item), 5, item);
      }
    }
    assertThat(LikedSequences.obstacle(untimed.build(), SCALE))
        .hasValue("needs 100 users with likes at two different times, there are 0");
    Interactions enough = timed.build();
    assertThat(LikedSequences.obstacle(enough, SCALE)).isEmpty();
    assertThat(
            LikedSequences.obstacle(enough.ofUsers(user -> !user.equals(UserId.of("u7"))), SCALE))
        .hasValue("needs 100 users with likes at two different times, there are 99");
  }
}
