package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmCounts;
import dev.thaw.models.bandit.ExplorationBudget;
import dev.thaw.models.bandit.Fading;
import dev.thaw.serving.pipeline.BanditSlots.Drawn;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What this server has shown of items nothing is known of in one domain, and which of them its
 * budget lets into the next draw. Thread-safe: a draw and its entry are one step, so that two
 * requests at once can't both take the last of a cap.
 *
 * <p>Share: slots of about the last day, by a half-life. Items: what was shown since the start, or
 * what has settled of all servers if that is more, so that a cap outlives a restart. Users: since
 * midnight UTC; a session goes on for half an hour after each request. Of items and of users the
 * {@value #REMEMBERED} that came last are remembered.
 */
final class ExplorationLedger {
  static final int REMEMBERED = 100_000;
  private static final Duration SESSION_ENDS_AFTER = Duration.ofMinutes(30);

  private final ExplorationBudget budget;
  private final ArmCounts slots = new ArmCounts(Fading.ofHalfLife(Duration.ofDays(1)));
  private final Map<ItemId, Integer> ofItem = latest();
  private final Map<UserId, OfUser> ofUser = latest();
  private long day = Long.MIN_VALUE;

  /**
   * @param today explorations since midnight
   * @param session those since the last break
   * @param seen time of the last request, epoch milliseconds
   */
  private record OfUser(int today, int session, long seen) {
    static final OfUser NOTHING = new OfUser(0, 0, Long.MIN_VALUE);

    OfUser at(long time) {
      boolean goesOn = time - SESSION_ENDS_AFTER.toMillis() <= seen;
      return new OfUser(today, goesOn ? session : 0, Math.max(seen, time));
    }

    OfUser plus(int explorations) {
      return new OfUser(today + explorations, session + explorations, seen);
    }
  }

  ExplorationLedger(ExplorationBudget budget) {
    this.budget = budget;
  }

  private static <K, V> Map<K, V> latest() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /**
   * Draws among what the budget lets in, and enters what was drawn.
   *
   * @param time of the request, epoch milliseconds
   * @param unknown arms nothing is known of
   * @param settled impressions of an arm that all servers together have settled
   * @param wanted slots to be drawn
   * @param draw from those of the arms that are eligible to slots
   */
  synchronized Drawn spend(
      UserId user,
      long time,
      List<Arm> unknown,
      ToDoubleFunction<ItemId> settled,
      int wanted,
      Function<Set<ItemId>, Drawn> draw) {
    forgetYesterday(time);
    OfUser before = ofUser.getOrDefault(user, OfUser.NOTHING).at(time);
    List<Arm> admitted =
        budget.eligible(
            unknown,
            new ExplorationBudget.Spent(slots.at(time), before.today(), before.session()),
            item -> Math.max(ofItem.getOrDefault(item, 0), settled.applyAsDouble(item)),
            wanted);
    Set<ItemId> items = new HashSet<>(2 * admitted.size());
    admitted.forEach(arm -> items.add(arm.item()));
    Drawn drawn = draw.apply(items);
    enter(user, before, time, drawn, items);
    return drawn;
  }

  private void enter(UserId user, OfUser before, long time, Drawn drawn, Set<ItemId> admitted) {
    int explorations = 0;
    for (BanditSlots.Choice each : drawn.chosen()) {
      ItemId item = each.item().item().id();
      boolean explored = admitted.contains(item);
      slots.observe(explored ? 1 : 0, time);
      if (explored) {
        explorations++;
        ofItem.merge(item, 1, Integer::sum);
      }
    }
    // who was shown none needs no entry
    if (explorations > 0 || ofUser.containsKey(user)) {
      ofUser.put(user, before.plus(explorations));
    }
  }

  private void forgetYesterday(long time) {
    long today = Math.floorDiv(time, Duration.ofDays(1).toMillis());
    if (today > day) {
      day = today;
      ofUser.clear();
    }
  }
}
