package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A domain's users, in two: those held out, of whom nothing in the domain is trained on, and the
 * others.
 *
 * @param all of the domain
 * @param chosen who is held out
 * @param training of the others
 * @param before the cut in time, null for none
 */
record Cut(
    EvaluationData data,
    DomainId target,
    Interactions all,
    Set<UserId> chosen,
    Interactions training,
    @Nullable Long before) {

  /**
   * @throws IllegalArgumentException if no such domain is configured
   */
  static Cut of(EvaluationData data, DomainId target, Function<Interactions, Set<UserId>> choice) {
    Interactions all = interactions(data, target);
    Set<UserId> chosen = all.size() == 0 ? Set.of() : choice.apply(all);
    return new Cut(data, target, all, chosen, all.ofUsers(user -> !chosen.contains(user)), null);
  }

  private static Interactions interactions(EvaluationData data, DomainId domain) {
    DomainId configured = data.domain(domain).name();
    return data.interactions().getOrDefault(configured, Interactions.builder(domain).build());
  }

  /** The same users held out of less training data. */
  Cut trainedOn(UnaryOperator<Interactions> less) {
    return new Cut(data, target, all, chosen, less.apply(training), before);
  }

  /** Trained on nothing that happened at this time or later, in any domain. */
  Cut inTime(long timeMillis) {
    return new Cut(data, target, all, chosen, training.before(timeMillis), timeMillis);
  }

  /** Why nothing can be measured. */
  Optional<String> obstacle(int minInteractions) {
    if (all.size() == 0) {
      return Optional.of("nobody has interacted with anything there");
    }
    if (chosen.isEmpty()) {
      long able = 0;
      for (int u = 0; u < all.users().size(); u++) {
        able += all.rowLength(u) >= minInteractions ? 1 : 0;
      }
      return Optional.of(
          "nobody can be held out, as "
              + able
              + " users have at least "
              + minInteractions
              + " interactions");
    }
    return training.where(scale()::isPositive).size() == 0
        ? Optional.of("nobody but the held-out users likes anything there")
        : Optional.empty();
  }

  private RatingScale scale() {
    return RatingScale.of(data.domain(target));
  }

  Experiment experiment(UserSplit by) {
    return experiment(by, by.origin(), user -> user);
  }

  /**
   * @param support gives each held-out user the support that the protocol fixes, or none
   * @throws IllegalArgumentException if there is an obstacle
   */
  Experiment experiment(UserSplit by, String origin, UnaryOperator<HeldOutUser> support) {
    obstacle(by.minInteractions())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "domain " + target + " can't be evaluated: " + reason);
            });
    List<HeldOutUser> test = new ArrayList<>();
    for (UserId user : all.users()) {
      if (chosen.contains(user)) {
        List<History.Entry> inOrder = UserSplit.inOrder(all, user, by.seed());
        test.add(support.apply(new HeldOutUser(user, inOrder, null)));
      }
    }
    return experiment(test, origin);
  }

  /** What is trained on, nobody being held out whole. */
  Experiment learnedFrom(String origin) {
    return experiment(List.of(), origin);
  }

  private Experiment experiment(List<HeldOutUser> test, String origin) {
    DomainDefinition definition = data.domain(target);
    return new Experiment(
        target,
        scale(),
        training,
        sources(definition),
        test,
        data.catalogue().getOrDefault(target, Map.of()),
        data.profiles(),
        definition.attributes(),
        origin,
        before,
        data.pairs());
  }

  /**
   * Without times that the import made up: what a user did elsewhere before a question is asked
   * would be a part of it at random.
   */
  private Map<DomainId, SourceDomain> sources(DomainDefinition definition) {
    Map<DomainId, Interactions> known = data.withoutMadeUpTimes().interactions();
    Map<DomainId, SourceDomain> sources = new HashMap<>();
    for (DomainId source : definition.sources()) {
      Interactions there = known.get(source);
      if (there != null && before != null) {
        there = there.before(before);
      }
      if (there != null && there.size() > 0) {
        sources.put(source, new SourceDomain(there, RatingScale.of(data.domain(source))));
      }
    }
    return sources;
  }
}
