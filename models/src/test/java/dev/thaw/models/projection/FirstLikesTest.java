package dev.thaw.models.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FirstLikesTest {
  private static final ItemId FAST = new ItemId("fast");
  private static final ItemId SLOW = new ItemId("slow");

  private static UserId user(int number) {
    return new UserId("u%03d".formatted(number));
  }

  /** One other like each second; the fast item has one each 2, the slow one each 20. */
  private static Interactions timed() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int second = 1; second <= 200; second++) {
      builder.add(user(second), new ItemId("other"), 5, second * 1_000L);
      if (second % 2 == 0) {
        builder.add(user(200 - second), FAST, 5, second * 1_000L);
      }
      if (second % 20 == 0) {
        builder.add(user(200 - second), SLOW, 5, second * 1_000L);
      }
    }
    return builder.build();
  }

  private static FirstLikes of(Interactions data, long seed) {
    int[] items = {data.items().indexOf(FAST), data.items().indexOf(SLOW)};
    return FirstLikes.of(data, items, data, seed);
  }

  @Test
  void theyBecomeKnownInTheOrderInWhichTheyCame() {
    Interactions data = timed();
    FirstLikes likes = of(data, 1);
    assertThat(likes.count(0)).isEqualTo(100);
    assertThat(likes.known(1, 50)).as("half of them at most").isEqualTo(5);
    assertThat(Arrays.stream(likes.knownUsers(1, 3)).mapToObj(u -> data.users().get(u)))
        .containsExactly(user(180), user(160), user(140));
    assertThat(likes.users(0)).isEqualTo(of(data, 2).users(0));
  }

  @Test
  void withoutTimesTheOrderIsTheSeeds() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies")).addItem(SLOW);
    for (int u = 0; u < 60; u++) {
      builder.add(user(u), FAST, 5);
    }
    Interactions data = builder.build();
    assertThat(of(data, 1).users(0)).isEqualTo(of(data, 1).users(0));
    assertThat(of(data, 1).users(0)).isNotEqualTo(of(data, 2).users(0));
    assertThat(of(data, 1).users(0)).containsExactlyInAnyOrder(of(data, 2).users(0));
    assertThat(of(data, 1).seen(0, 10)).isEqualTo(Seen.UNTIMED);
    assertThat(Seen.UNTIMED.expected(7)).isEqualTo(7);
  }

  @Test
  void howFastTheyComeTellsHowManyThereWillBe() {
    FirstLikes likes = of(timed(), 1);
    Seen fast = likes.seen(0, 5);
    Seen slow = likes.seen(1, 5);
    assertThat(fast.likes()).as("the first one is the beginning").isEqualTo(4);
    assertThat(fast.share()).as("seconds 2 to 10").isEqualTo(14 / 310.0);
    assertThat(slow.share()).as("seconds 20 to 100").isEqualTo((81 + 41 + 5) / 310.0);
    assertThat(fast.expected(20)).isCloseTo(5 / (14 / 310.0 + 1 / 20.0), offset(1e-9));
    assertThat(fast.expected(20)).isBetween(50.0, 100.0);
    assertThat(slow.expected(20)).isLessThan(12);
    assertThat(likes.seen(0, 0)).isEqualTo(Seen.UNTIMED);
    assertThatThrownBy(() -> new Seen(1, 1.5)).hasMessageContaining("1, 1.5");
  }
}
