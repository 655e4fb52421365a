package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One of several disjoint sets of held-out users, which together are all users with enough
 * interactions, or as many as the split takes at most. The split's share has no part in it.
 *
 * @param fold from 0
 */
public record UserFold(UserSplit users, int fold, int folds) implements Protocol {
  public UserFold {
    if (folds < 2 || fold < 0 || fold >= folds) {
      throw new IllegalArgumentException(
          "fold must be in [0, folds) of at least 2 folds, was " + fold + " of " + folds);
    }
  }

  /** All folds of a split. */
  public static List<UserFold> all(UserSplit users, int folds) {
    return IntStream.range(0, folds).mapToObj(fold -> new UserFold(users, fold, folds)).toList();
  }

  @Override
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    return cut(data, target).obstacle(users.minInteractions());
  }

  @Override
  public Experiment on(EvaluationData data, DomainId target) {
    return cut(data, target).experiment(users, origin(), user -> user);
  }

  private Cut cut(EvaluationData data, DomainId target) {
    return Cut.of(data, target, this::choose);
  }

  private Set<UserId> choose(Interactions all) {
    List<UserId> shuffled = Shuffled.of(users.able(all), new SplittableRandom(users.seed()));
    int met = Math.min(users.maxUsers(), shuffled.size());
    Set<UserId> chosen = new HashSet<>();
    for (int at = fold; at < met; at += folds) {
      chosen.add(shuffled.get(at));
    }
    return chosen;
  }

  @Override
  public String origin() {
    return "fold "
        + (fold + 1)
        + " of "
        + folds
        + " of users held out whole, of those with at least "
        + users.minInteractions()
        + " interactions, by seed "
        + users.seed();
  }
}
