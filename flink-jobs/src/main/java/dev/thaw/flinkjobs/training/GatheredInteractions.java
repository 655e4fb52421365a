package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.models.history.Opinion;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Interactions of all strengths and ratings alone, by domain, of the events of some users; nothing
 * is learnt from what was erased, and erasures may come before or after what they erase. Filled by
 * one thread, then only read.
 */
public final class GatheredInteractions {
  private final DomainDefinitions domains;
  private final TreeMap<DomainId, InteractionsBuilder> interactions = new TreeMap<>();
  private final TreeMap<DomainId, InteractionsBuilder> ratings = new TreeMap<>();
  private final Map<DomainId, Interactions> built = new HashMap<>();
  private final Map<DomainId, Interactions> positives = new HashMap<>();
  private final Map<UserId, Long> erasedUsers = new HashMap<>();
  private final Map<ItemId, Long> erasedItems = new HashMap<>();

  public GatheredInteractions(DomainDefinitions domains) {
    this.domains = domains;
  }

  public void add(Event event) {
    Opinion opinion =
        domains.get(event.domain()).flatMap(domain -> Opinion.of(event, domain)).orElse(null);
    if (opinion == null) {
      return;
    }
    interactions
        .computeIfAbsent(event.domain(), Interactions::builder)
        .add(event.userId(), event.itemId(), opinion);
    if (opinion.rated()) {
      ratings
          .computeIfAbsent(event.domain(), Interactions::builder)
          .add(event.userId(), event.itemId(), opinion);
    }
  }

  public void add(Erasure erasure) {
    long time = erasure.time().toEpochMilli();
    switch (erasure.subject()) {
      case USER -> erasedUsers.merge(new UserId(erasure.id()), time, Math::max);
      case ITEM -> erasedItems.merge(ItemId.of(erasure.id()), time, Math::max);
    }
  }

  /** Domains with at least one interaction. */
  Iterable<DomainId> domains() {
    return interactions.keySet();
  }

  boolean isErased(ItemId item) {
    return erasedItems.containsKey(item);
  }

  /** Interactions of a domain, empty if there is none. */
  Optional<Interactions> interactions(DomainId domain) {
    InteractionsBuilder builder = interactions.get(domain);
    return builder == null
        ? Optional.empty()
        : Optional.of(built.computeIfAbsent(domain, d -> build(builder)));
  }

  private Interactions build(InteractionsBuilder builder) {
    return builder.forget(erasedUsers, erasedItems).build();
  }

  /** Ratings of a domain, empty if there is none. */
  public Optional<Interactions> ratings(DomainId domain) {
    InteractionsBuilder builder = ratings.get(domain);
    return builder == null ? Optional.empty() : Optional.of(build(builder));
  }

  /** Interactions that say that the user liked the item. */
  public Optional<Interactions> positives(DomainId domain) {
    double threshold =
        domains.get(domain).map(DomainDefinition::positiveRating).orElse(Double.MAX_VALUE);
    return interactions(domain)
        .map(
            all ->
                positives.computeIfAbsent(
                    domain, d -> all.where(strength -> strength >= threshold)));
  }
}
