package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.ExplorationBudget;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.pipeline.BanditSlots.Choice;
import dev.thaw.serving.pipeline.BanditSlots.Drawn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExplorationLedgerTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final UserId USER = UserId.of("u");
  private static final int ANY = Integer.MAX_VALUE;
  private static final Scored UNKNOWN = scored("n", 0);
  private static final Scored KNOWN = scored("m", 1);

  private static Scored scored(String id, int number) {
    CatalogueItem item =
        new CatalogueItem(
            ItemId.of(id), DomainId.of("movies"), "", "", List.of(), Map.of(), true, NOON);
    return Scored.of(new ServedItem(number, item, true, 0, false), 0, "exploration");
  }

  private static ExplorationLedger ledger(double share, int perItem, int perUser, int session) {
    return new ExplorationLedger(new ExplorationBudget(share, perItem, perUser, session));
  }

  private static boolean explores(ExplorationLedger ledger, UserId user, Instant time) {
    return explores(ledger, user, time, item -> 0);
  }

  /** One slot, which the unknown item gets if it is let in. */
  private static boolean explores(
      ExplorationLedger ledger, UserId user, Instant time, ToDoubleFunction<ItemId> settled) {
    Drawn drawn =
        ledger.spend(
            user, time.toEpochMilli(), List.of(arm(UNKNOWN)), settled, 1, admitted -> of(admitted));
    return drawn.chosen().get(0).item() == UNKNOWN;
  }

  private static Drawn of(Set<ItemId> admitted) {
    Scored shown = admitted.isEmpty() ? KNOWN : UNKNOWN;
    return new Drawn(EligibleArms.NONE, List.of(new Choice(shown, arm(shown), 1)), "p");
  }

  private static Arm arm(Scored item) {
    return new Arm(item.item().id(), new BetaPrior(1, 1));
  }

  @Test
  void aSessionGoesOnForHalfAnHourAfterEachRequest() {
    ExplorationLedger ledger = ledger(1, ANY, ANY, 1);
    assertThat(explores(ledger, USER, NOON)).isTrue();
    assertThat(explores(ledger, USER, NOON.plus(Duration.ofMinutes(30)))).isFalse();
    assertThat(explores(ledger, USER, NOON.plus(Duration.ofMinutes(60)))).isFalse();
    assertThat(explores(ledger, USER, NOON.plus(Duration.ofMinutes(91)))).isTrue();
  }

  @Test
  void aUsersCapIsOfADay() {
    ExplorationLedger ledger = ledger(1, ANY, 2, ANY);
    assertThat(explores(ledger, USER, NOON)).isTrue();
    assertThat(explores(ledger, USER, NOON)).isTrue();
    assertThat(explores(ledger, USER, NOON.plus(Duration.ofHours(11)))).isFalse();
    assertThat(explores(ledger, USER, NOON.plus(Duration.ofHours(12)))).isTrue();
    // a clock that goes back opens no second day
    assertThat(explores(ledger, USER, NOON)).isTrue();
    assertThat(explores(ledger, USER, NOON.plus(Duration.ofHours(13)))).isFalse();
  }

  @Test
  void whatOtherServersHaveShownCountsOnceItIsSettled() {
    ToDoubleFunction<ItemId> settled = item -> item.equals(UNKNOWN.item().id()) ? 3 : 0;
    assertThat(explores(ledger(1, 3, ANY, ANY), USER, NOON, settled)).isFalse();
    ExplorationLedger ledger = ledger(1, 4, ANY, ANY);
    assertThat(explores(ledger, USER, NOON, settled)).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(explores(ledger, USER, NOON, settled)).isTrue();
    }
    assertThat(explores(ledger, USER, NOON, settled)).isFalse();
  }

  @Test
  void aShareThatWasNotUsedIsNotMadeUpForLater() {
    ExplorationLedger ledger = ledger(0.1, ANY, ANY, ANY);
    for (int i = 0; i < 1000; i++) {
      ledger.spend(USER, NOON.toEpochMilli(), List.of(), item -> 0, 1, ExplorationLedgerTest::of);
    }
    int explored = 0;
    while (explores(ledger, UserId.of("v" + explored), NOON.plus(Duration.ofDays(4)))) {
      explored++;
    }
    // 1,000 slots of four half-lives ago are worth 62.5: n <= 0.1 (62.5 + n)
    assertThat(explored).isEqualTo(6);
  }

  @Test
  void usersAreRememberedUpToABound() {
    ExplorationLedger ledger = ledger(1, ANY, 1, ANY);
    assertThat(explores(ledger, USER, NOON)).isTrue();
    for (int i = 1; i < ExplorationLedger.REMEMBERED; i++) {
      explores(ledger, UserId.of("v" + i), NOON);
    }
    assertThat(explores(ledger, USER, NOON)).isFalse();
    for (int i = 0; i < ExplorationLedger.REMEMBERED; i++) {
      explores(ledger, UserId.of("w" + i), NOON);
    }
    assertThat(explores(ledger, USER, NOON)).isTrue();
  }
}
