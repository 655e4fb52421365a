package dev.thaw.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AcceptedItemsTest {
  private static final UserId USER = UserId.of("u");

  private final AcceptedItems accepted = new AcceptedItems();

  @Test
  void theNewestFiftyStayAndARepeatedOneIsNewAgain() {
    IntStream.range(0, 50).forEach(this::add);
    add(0);
    add(50);
    assertThat(accepted.of(USER))
        .hasSize(50)
        .contains(ItemId.of("m0"), ItemId.of("m50"))
        .doesNotContain(ItemId.of("m1"));
    assertThat(accepted.of(UserId.of("other"))).isEmpty();
  }

  @Test
  void whatWasReadStaysWhileOthersWrite() {
    add(1);
    Set<ItemId> before = accepted.of(USER);
    IntStream.range(0, 2_000).parallel().forEach(i -> add(i % 40));
    assertThat(before).containsExactly(ItemId.of("m1"));
    assertThat(accepted.of(USER)).hasSize(40);
    accepted.forget(USER);
    assertThat(accepted.of(USER)).isEmpty();
  }

  private void add(int i) {
    accepted.add(USER, ItemId.of("m" + i));
  }
}
