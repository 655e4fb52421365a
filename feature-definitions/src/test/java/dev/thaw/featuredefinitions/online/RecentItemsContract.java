package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.RecentItems.Bounds;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of recent items promises. */
public abstract class RecentItemsContract {
  /** Somewhere recent items are kept; empty at first, opened as often as wanted. */
  public interface Place {
    RecentItems open(Bounds bounds, InstantSource clock);
  }

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UserId ANN = new UserId("ann 😀");
  private static final UserId BOB = new UserId("bob");

  protected abstract Place newPlace();

  private RecentItems open(Place place) {
    return place.open(Bounds.DEFAULT, InstantSource.fixed(NOW));
  }

  @Test
  void newestComeFirstAndUsersStayApart() {
    try (RecentItems recents = open(newPlace())) {
      recents.append(
          List.of(recent(ANN, "old", -3), recent(ANN, "new", -1), recent(BOB, "other", 0)));
      recents.append(List.of(recent(ANN, "middle 日本", -2)));
      assertThat(items(recents, ANN)).containsExactly("new", "middle 日本", "old");
      assertThat(items(recents, BOB)).containsExactly("other");
      assertThat(recents.of(new UserId("nobody"))).isEmpty();
      recents.append(List.of());
    }
  }

  @Test
  void anItemCountsFromItsNewestTimeWhateverTheOrderOfArrival() {
    try (RecentItems recents = open(newPlace())) {
      recents.append(List.of(recent(ANN, "a", -1), recent(ANN, "b", -5)));
      recents.append(List.of(recent(ANN, "a", -9), recent(ANN, "b", 0)));
      assertThat(items(recents, ANN)).containsExactly("b", "a");
    }
  }

  @Test
  void theNewestInteractionSaysWhetherTheItemIsLikedAndComesBackAsItWas() {
    Recent liked = new Recent(ANN, new ItemId("a"), NOW.minusMillis(5), true);
    Recent disliked = new Recent(ANN, new ItemId("a"), NOW.minusMillis(4), false);
    Recent other = new Recent(ANN, new ItemId("b"), NOW.minusMillis(9), false);
    try (RecentItems recents = open(newPlace())) {
      recents.append(List.of(disliked, liked, other));
      assertThat(recents.of(ANN)).containsExactly(disliked, other);
      Recent again = new Recent(ANN, new ItemId("a"), NOW.minusMillis(4), true);
      recents.append(List.of(again, disliked));
      assertThat(recents.of(ANN)).containsExactly(again, other);
    }
  }

  @Test
  void onlyTheNewestOfAUserAreShown() {
    try (RecentItems recents =
        newPlace().open(new Bounds(10, Duration.ofDays(1)), InstantSource.fixed(NOW))) {
      for (int batch = 0; batch < 10; batch++) {
        List<Recent> appended = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          appended.add(recent(ANN, "i" + (batch * 100 + i), batch * 100 + i - 1000));
        }
        recents.append(appended);
      }
      assertThat(items(recents, ANN))
          .containsExactly(
              "i999", "i998", "i997", "i996", "i995", "i994", "i993", "i992", "i991", "i990");
    }
  }

  @Test
  void itemsGrowOld() {
    Place place = newPlace();
    Bounds hour = new Bounds(100, Duration.ofHours(1));
    try (RecentItems recents = place.open(hour, InstantSource.fixed(NOW))) {
      recents.append(List.of(recent(ANN, "a", -3500_000), recent(ANN, "b", 0)));
      assertThat(items(recents, ANN)).containsExactly("b", "a");
    }
    try (RecentItems later = place.open(hour, InstantSource.fixed(NOW.plusSeconds(200)))) {
      assertThat(items(later, ANN)).containsExactly("b");
      later.append(List.of(recent(BOB, "c", 200_000)));
      assertThat(items(later, ANN)).containsExactly("b");
    }
  }

  @Test
  void aForgottenUserIsGoneAndOthersStay() {
    Place place = newPlace();
    try (RecentItems recents = open(place)) {
      recents.append(List.of(recent(ANN, "a", 0), recent(BOB, "b", 0)));
      recents.delete(ANN);
      recents.delete(ANN);
      assertThat(recents.of(ANN)).isEmpty();
      assertThat(items(recents, BOB)).containsExactly("b");
    }
    try (RecentItems reopened = open(place)) {
      assertThat(reopened.of(ANN)).isEmpty();
      assertThat(items(reopened, BOB)).containsExactly("b");
    }
  }

  @Test
  void whatOneReplicaAcceptedTheOtherSees() throws Exception {
    Place place = newPlace();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (RecentItems one = open(place);
        RecentItems two = open(place)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int thread = t;
        RecentItems accepting = t % 2 == 0 ? one : two;
        RecentItems other = t % 2 == 0 ? two : one;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    String item = thread + "-" + i;
                    accepting.append(List.of(recent(ANN, item, -i)));
                    assertThat(items(other, ANN)).contains(item);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
      assertThat(one.of(ANN)).hasSize(200);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Recent recent(UserId user, String item, long millis) {
    return new Recent(user, new ItemId(item), NOW.plusMillis(millis), true);
  }

  private static List<String> items(RecentItems recents, UserId user) {
    return recents.of(user).stream().map(each -> each.item().value()).toList();
  }
}
