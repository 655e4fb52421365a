package dev.thaw.evaluation.abtest;

import dev.thaw.evaluation.offpolicy.logs.JoinedImpression;
import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Users in the order in which they entered: by their first impression of any arm, whose arm they
 * are counted in whatever they meet later (intention to treat). Leaving out who met two arms would
 * choose users by what happened after they were assigned: whoever asks more is likelier to meet
 * both. As it is, such users can only draw the arms together.
 *
 * <p>A user's totals are of one window that begins on entering, the same length for everybody, and
 * are counted once it and its reward windows are over. So a value that was counted never changes,
 * and values come in the order of entering: what a confidence sequence over users needs.
 *
 * @param users of all arms, in order of entering
 * @param crossed of them, met two arms within their windows
 * @param foreign impressions of each version that is in no arm, left out
 * @param outside impressions that are no part of what is compared
 * @param unsupported impressions of arms that off-policy evaluation can't use
 */
record Enrolment(
    List<Enrolled> users, int crossed, Map<String, Integer> foreign, int outside, int unsupported) {
  Enrolment {
    users = List.copyOf(users);
  }

  /**
   * @param arm place among the arms
   * @param settled whether the window is over
   * @param totals of the impressions so far
   */
  record Enrolled(int arm, boolean settled, UserTotals totals) {}

  private static final class Entering {
    private final int arm;
    private final Instant from;
    private UserTotals totals = UserTotals.NONE;
    private boolean crossed;

    Entering(int arm, Instant from) {
      this.arm = arm;
      this.from = from;
    }
  }

  /**
   * @param window in which a user's totals are counted, above zero
   */
  static Enrolment of(JoinedLog log, Arms arms, ArmNames names, Duration window) {
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("window of a user must be > 0, was " + window);
    }
    Map<UserId, Entering> users = new LinkedHashMap<>();
    Map<String, Integer> foreign = new TreeMap<>();
    int outside = 0;
    int unsupported = 0;
    for (JoinedImpression each : log.impressions()) {
      Optional<String> name = names.of(each.impression());
      if (name.isEmpty()) {
        outside++;
        continue;
      }
      OptionalInt arm = arms.of(name.get());
      if (arm.isEmpty()) {
        foreign.merge(name.get(), 1, Integer::sum);
        continue;
      }
      unsupported += each.impression().supportsPropensities() ? 0 : 1;
      Instant time = each.impression().time();
      Entering user =
          users.computeIfAbsent(
              each.impression().userId(), first -> new Entering(arm.getAsInt(), time));
      if (time.isBefore(user.from.plus(window))) {
        user.totals = user.totals.plus(each.slots());
        user.crossed |= user.arm != arm.getAsInt();
      }
    }
    List<Enrolled> enrolled = new ArrayList<>();
    for (Entering each : users.values()) {
      boolean settled = !each.from.plus(window).plus(log.rewardWindow()).isAfter(log.end());
      enrolled.add(new Enrolled(each.arm, settled, each.totals));
    }
    int crossed = (int) users.values().stream().filter(each -> each.crossed).count();
    return new Enrolment(enrolled, crossed, foreign, outside, unsupported);
  }
}
