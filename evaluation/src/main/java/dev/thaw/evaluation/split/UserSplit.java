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

  /**
   * Why there can be no experiment on a domain; empty if there can. A cold domain is no fault of
   * the data.
   *
   * @throws IllegalArgumentException if no such domain is configured
   */
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    DomainDefinition definition = data.domain(target);
    Interactions all = interactions(data, target);
    if (all.size() == 0) {
      return Optional.of("nobody has interacted with anything there");
    }
    Set<UserId> chosen = choose(all);
    if (chosen.isEmpty()) {
      return Optional.of(
          "nobody can be held out, as "
              + able(all).size()
              + " users have at least "
              + minInteractions
              + " interactions");
    }
    Interactions others = all.ofUsers(user -> !chosen.contains(user));
    return others.where(RatingScale.of(definition)::isPositive).size() == 0
        ? Optional.of("nobody but the held-out users likes anything there")
        : Optional.empty();
  }

  /**
   * One experiment on a domain of the data.
   *
   * @throws IllegalArgumentException if there is an {@link #obstacle}
   */
  public Experiment on(EvaluationData data, DomainId target) {
    obstacle(data, target)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "domain " + target + " can't be evaluated: " + reason);
            });
    DomainDefinition definition = data.domain(target);
    Interactions all = interactions(data, target);
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
        origin());
  }

  private static Interactions interactions(EvaluationData data, DomainId domain) {
    return data.interactions().getOrDefault(domain, Interactions.builder(domain).build());
  }

  /** For a report. */
  public String origin() {
    return "users held out whole, " + this;
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

  /** Nobody, where the share of those with enough interactions is less than half a user. */
  Set<UserId> choose(Interactions all) {
    List<UserId> able = able(all);
    int wanted = (int) Math.min(maxUsers, Math.round(able.size() * share));
    return new HashSet<>(Shuffled.of(able, new SplittableRandom(seed)).subList(0, wanted));
  }

  private List<UserId> able(Interactions all) {
    List<UserId> able = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      if (all.rowLength(u) >= minInteractions) {
        able.add(all.users().get(u));
      }
    }
    return able;
  }
}
