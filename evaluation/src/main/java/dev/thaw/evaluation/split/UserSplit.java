package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Holds out users whole.
 *
 * @param share of the users with enough interactions, in (0, 1)
 * @param maxUsers held out at most
 * @param minInteractions in the target domain, for a user to be held out
 * @param seed which users
 */
public record UserSplit(double share, int maxUsers, int minInteractions, long seed)
    implements Protocol {
  public static final UserSplit DEFAULT = new UserSplit(0.2, 1_000, 5, 0);

  public UserSplit {
    if (!(share > 0 && share < 1) || maxUsers < 1 || minInteractions < 1) {
      throw new IllegalArgumentException(
          "split needs share in (0, 1), maxUsers >= 1 and minInteractions >= 1, was "
              + share
              + ", "
              + maxUsers
              + ", "
              + minInteractions);
    }
  }

  @Override
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    return cut(data, target).obstacle(minInteractions);
  }

  @Override
  public Experiment on(EvaluationData data, DomainId target) {
    return cut(data, target).experiment(this);
  }

  private Cut cut(EvaluationData data, DomainId target) {
    return Cut.of(data, target, this::choose);
  }

  @Override
  public String origin() {
    return "users held out whole, " + this;
  }

  /** The same of other users. */
  public UserSplit withSeed(long other) {
    return new UserSplit(share, maxUsers, minInteractions, other);
  }

  /**
   * A user's interactions, oldest first; those of one time in an order of the seed, since the order
   * of ids says something of the items in most data sets.
   */
  static List<History.Entry> inOrder(Interactions all, UserId user, long seed) {
    return all.oldestFirst(user, new SplittableRandom(seed ^ Hash64.of(user.value())));
  }

  /** Nobody, where the share of those with enough interactions is less than half a user. */
  Set<UserId> choose(Interactions all) {
    return some(able(all));
  }

  /** Users with enough interactions. */
  List<UserId> able(Interactions all) {
    List<UserId> able = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      if (all.rowLength(u) >= minInteractions) {
        able.add(all.users().get(u));
      }
    }
    return able;
  }

  /** Of these users the share, at most so many, by the seed. */
  Set<UserId> some(List<UserId> able) {
    int wanted = (int) Math.min(maxUsers, Math.round(able.size() * share));
    return new HashSet<>(Shuffled.of(able, new SplittableRandom(seed)).subList(0, wanted));
  }
}
