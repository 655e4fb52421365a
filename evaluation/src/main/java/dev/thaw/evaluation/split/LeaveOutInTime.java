package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Shuffled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One cut in time for all users: everything before it, in every domain, is trained on, and users
 * who like something before and after it are asked what comes after. Unlike the last item of each
 * user it lets nothing be learned from what was not known yet.
 *
 * <p>Of several events of a user with an item only the newest is known of, so that one repeated
 * after the cut is as if it had not been there before.
 *
 * @param share of the interactions that lie after the cut, in (0, 1)
 * @param maxUsers asked at most
 * @param seed which users, and in which order what they liked at one time comes
 */
public record LeaveOutInTime(double share, int maxUsers, long seed) {
  /** Fewer can't tell one method from another. */
  public static final int MIN_USERS = 20;

  public LeaveOutInTime {
    if (!(share > 0 && share < 1) || maxUsers < 1) {
      throw new IllegalArgumentException(
          "leave-out in time needs share in (0, 1) and maxUsers >= 1, was "
              + share
              + ", "
              + maxUsers);
    }
  }

  /**
   * @param experiment what is trained on; it holds out nobody whole
   * @param users asked, their support being what they did before the cut, which is trained on
   * @param cut epoch milliseconds
   */
  public record Parts(Experiment experiment, List<HeldOutUser> users, long cut) {
    public Parts {
      users = List.copyOf(users);
    }
  }

  /**
   * Why nothing can be measured; empty if something can.
   *
   * @throws IllegalArgumentException if no such domain is configured
   */
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    Interactions all = everybody(data, target).all();
    if (all.size() == 0) {
      return Optional.of("nobody has interacted with anything there");
    }
    if (IntStream.range(0, all.size()).anyMatch(at -> all.rowTime(at) == Interactions.UNTIMED)) {
      return Optional.of("some interactions there have no time");
    }
    int users = askable(all, RatingScale.of(data.domain(target)), cut(all)).size();
    return users >= MIN_USERS
        ? Optional.empty()
        : Optional.of(
            "needs "
                + MIN_USERS
                + " users who like something before and after "
                + Instant.ofEpochMilli(cut(all))
                + ", there are "
                + users);
  }

  /**
   * @throws IllegalArgumentException if there is an {@link #obstacle}
   */
  public Parts on(EvaluationData data, DomainId target) {
    obstacle(data, target)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "domain " + target + " can't be evaluated: " + reason);
            });
    Cut everybody = everybody(data, target);
    Interactions all = everybody.all();
    long time = cut(all);
    List<UserId> askable =
        Shuffled.of(
            askable(all, RatingScale.of(data.domain(target)), time), new SplittableRandom(seed));
    List<HeldOutUser> users = new ArrayList<>();
    for (UserId user : askable.subList(0, Math.min(maxUsers, askable.size()))) {
      List<History.Entry> inOrder = UserSplit.inOrder(all, user, seed);
      int known = (int) inOrder.stream().filter(entry -> entry.timeMillis() < time).count();
      users.add(new HeldOutUser(user, inOrder, known));
    }
    return new Parts(
        everybody.inTime(time).learnedFrom(origin() + ", cut at " + Instant.ofEpochMilli(time)),
        users,
        time);
  }

  private static Cut everybody(EvaluationData data, DomainId target) {
    return Cut.of(data, target, all -> Set.of());
  }

  private long cut(Interactions all) {
    long[] times = IntStream.range(0, all.size()).mapToLong(all::rowTime).sorted().toArray();
    int before = (int) Math.round(times.length * (1 - share));
    return times[Math.min(before, times.length - 1)];
  }

  /** Users with likes on both sides. */
  private static List<UserId> askable(Interactions all, RatingScale scale, long time) {
    List<UserId> askable = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      boolean before = false;
      boolean after = false;
      for (int at = all.rowStart(u); at < all.rowStart(u + 1); at++) {
        if (scale.isPositive(all.rowStrength(at))) {
          before |= all.rowTime(at) < time;
          after |= all.rowTime(at) >= time;
        }
      }
      if (before && after) {
        askable.add(all.users().get(u));
      }
    }
    return askable;
  }

  /** For a report. */
  public String origin() {
    return "users who like something before and after a cut in time, asked for what comes after it";
  }
}
