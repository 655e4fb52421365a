package dev.thaw.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AcceptedItemsTest {
  private static final UserId USER = UserId.of("u");

  private final Ticker ticker = new Ticker();
  private final AcceptedItems accepted = new AcceptedItems(ticker);

  @Test
  void theNewestFiftyStayAndARepeatedOneIsNewAgain() {
    IntStream.range(0, 50).forEach(this::add);
    add(0);
    add(50);
    assertThat(items()).hasSize(50).startsWith("m50", "m0", "m49").doesNotContain("m1");
    assertThat(accepted.of(UserId.of("other"))).isEmpty();
  }

  @Test
  void whatWasReadStaysWhileOthersWrite() {
    add(1);
    List<Recent> before = accepted.of(USER);
    IntStream.range(0, 2_000).parallel().forEach(i -> add(i % 40));
    assertThat(before).containsExactly(recent(1));
    assertThat(accepted.of(USER)).hasSize(40);
    accepted.forget(USER);
    assertThat(accepted.of(USER)).isEmpty();
  }

  @Test
  void aUserWithoutEventsIsForgottenAfterAWhile() {
    add(1);
    ticker.advance(AcceptedItems.KEPT.minusSeconds(1));
    add(2);
    ticker.advance(AcceptedItems.KEPT.minusSeconds(1));
    assertThat(items()).containsExactly("m2", "m1");
    ticker.advance(Duration.ofSeconds(1));
    assertThat(items()).isEmpty();
  }

  private List<String> items() {
    return accepted.of(USER).stream().map(each -> each.item().value()).toList();
  }

  private void add(int i) {
    accepted.add(recent(i));
  }

  private static Recent recent(int i) {
    return new Recent(USER, ItemId.of("m" + i), Instant.EPOCH, true);
  }
}
