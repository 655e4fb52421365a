package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.experiment.SourceDomain;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
public record UserSplit(double share, int maxUsers, int minInteractions, long seed) {
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

  /** One experiment on a domain of the data. */
  public Experiment on(EvaluationData data, DomainId target) {
    DomainDefinition definition = data.domain(target);
    Interactions all = data.interactions().get(target);
    if (all == null || all.size() == 0) {
      throw new IllegalArgumentException("domain " + target + " has no interactions");
    }
    Set<UserId> chosen = choose(all);
    List<HeldOutUser> test = new ArrayList<>();
    for (UserId user : all.users()) {
      if (chosen.contains(user)) {
        test.add(new HeldOutUser(user, inOrder(all, user, seed), null));
      }
    }
    Map<DomainId, SourceDomain> sources = new HashMap<>();
    for (DomainId source : definition.sources()) {
      Interactions there = data.interactions().get(source);
      if (there != null && there.size() > 0) {
        sources.put(source, new SourceDomain(there, RatingScale.of(data.domain(source))));
      }
    }
    return new Experiment(
        target,
        RatingScale.of(definition),
        all.ofUsers(user -> !chosen.contains(user)),
        sources,
        test,
        data.catalogue().getOrDefault(target, Map.of()),
        data.profiles(),
        definition.attributes(),
        "users held out whole, " + this);
  }

  UserSplit withSeed(long other) {
    return new UserSplit(share, maxUsers, minInteractions, other);
  }

  /**
   * A user's interactions, oldest first; those of one time in an order of the seed, since the order
   * of ids says something of the items in most data sets.
   */
  static List<History.Entry> inOrder(Interactions all, UserId user, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ Hash64.of(user.value()));
    List<History.Entry> inOrder = Shuffled.of(all.history(user).entries(), random);
    inOrder.sort(Comparator.comparingLong(History.Entry::timeMillis));
    return inOrder;
  }

  Set<UserId> choose(Interactions all) {
    List<UserId> able = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      if (all.rowLength(u) >= minInteractions) {
        able.add(all.users().get(u));
      }
    }
    int wanted = (int) Math.min(maxUsers, Math.round(able.size() * share));
    if (wanted < 1) {
      throw new IllegalArgumentException(
          "no user of "
              + all.domain()
              + " can be held out: "
              + able.size()
              + " have at least "
              + minInteractions
              + " interactions");
    }
    return new HashSet<>(Shuffled.of(able, new SplittableRandom(seed)).subList(0, wanted));
  }
}
