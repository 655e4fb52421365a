package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A cut in time: everything that is trained on, in every domain, was there before it, and tested
 * are users who first came after it. It lies where the split's share of the users is new. What
 * users of before did later is neither trained nor tested on.
 *
 * <p>Of several events of a user with an item only the newest is known of, so that one repeated
 * after the cut is as if it had not been there before.
 */
public record TemporalSplit(UserSplit users) implements Protocol {
  @Override
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    Cut all = Cut.of(data, target, users::choose);
    if (all.all().size() > 0 && hasUntimed(all.all())) {
      return Optional.of("some interactions there have no time");
    }
    return all.all().size() == 0 || firsts(all.all()).length == 0
        ? all.obstacle(users.minInteractions())
        : cut(data, target).obstacle(users.minInteractions());
  }

  @Override
  public Experiment on(EvaluationData data, DomainId target) {
    obstacle(data, target)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "domain " + target + " can't be evaluated: " + reason);
            });
    Cut cut = cut(data, target);
    String when = cut.before() == null ? "" : Instant.ofEpochMilli(cut.before()).toString();
    return cut.experiment(users, origin() + ", cut at " + when, user -> user);
  }

  private Cut cut(EvaluationData data, DomainId target) {
    Interactions all = Cut.of(data, target, everybody -> Set.of()).all();
    long time = cutOff(all);
    return Cut.of(data, target, everybody -> newcomers(everybody, time)).inTime(time);
  }

  /** The time of the first interaction of the user at which the share of new ones begins. */
  private long cutOff(Interactions all) {
    long[] firsts = firsts(all);
    int before = (int) Math.round(firsts.length * (1 - users.share()));
    return firsts[Math.min(before, firsts.length - 1)];
  }

  private long[] firsts(Interactions all) {
    return users.able(all).stream().mapToLong(user -> first(all, user)).sorted().toArray();
  }

  private Set<UserId> newcomers(Interactions all, long time) {
    List<UserId> after = users.able(all).stream().filter(user -> first(all, user) >= time).toList();
    List<UserId> shuffled = Shuffled.of(after, new SplittableRandom(users.seed()));
    return new HashSet<>(shuffled.subList(0, Math.min(users.maxUsers(), shuffled.size())));
  }

  private static long first(Interactions all, UserId user) {
    int row = all.indexOf(user);
    long first = Long.MAX_VALUE;
    for (int at = all.rowStart(row); at < all.rowStart(row + 1); at++) {
      first = Math.min(first, all.rowTime(at));
    }
    return first;
  }

  private static boolean hasUntimed(Interactions all) {
    return IntStream.range(0, all.size()).anyMatch(at -> all.rowTime(at) == Interactions.UNTIMED);
  }

  @Override
  public String origin() {
    return "users who came after a cut in time, " + users;
  }
}
