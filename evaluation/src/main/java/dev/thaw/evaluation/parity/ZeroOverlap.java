package dev.thaw.evaluation.parity;

import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A new domain and one that is known, without a user or an item in common. Who is in both belongs
 * to one of them by the seed. Of a domain without a source, users and items are halved by the seed:
 * a second catalogue of the same kind opens for other people.
 *
 * @param elsewhere what preferences are learned from
 * @param here the new domain
 */
public record ZeroOverlap(
    SourceDomain elsewhere,
    Map<ItemId, CatalogueItem> catalogueElsewhere,
    Interactions here,
    RatingScale scale,
    Map<ItemId, CatalogueItem> catalogueHere,
    String origin) {
  public ZeroOverlap {
    catalogueElsewhere = Map.copyOf(catalogueElsewhere);
    catalogueHere = Map.copyOf(catalogueHere);
    for (UserId user : here.users()) {
      int row = elsewhere.interactions().indexOf(user);
      if (row >= 0
          && elsewhere.interactions().rowLength(row) > 0
          && here.rowLength(here.indexOf(user)) > 0) {
        throw new IllegalArgumentException(
            "user " + user + " is in " + here.domain() + " and elsewhere");
      }
    }
  }

  /** Empty where nobody has interacted with anything. */
  public static Optional<ZeroOverlap> of(EvaluationData data, DomainId target, long seed) {
    Interactions all = data.interactions().get(target);
    if (all == null || all.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        data.domain(target).sources().stream()
            .filter(source -> data.interactions().containsKey(source))
            .findFirst()
            .map(source -> ofPair(data, source, target, seed))
            .orElseGet(() -> halved(data, target, seed)));
  }

  private static ZeroOverlap ofPair(
      EvaluationData data, DomainId source, DomainId target, long seed) {
    Interactions there =
        data.interactions().getOrDefault(source, Interactions.builder(source).build());
    Interactions all =
        data.interactions().getOrDefault(target, Interactions.builder(target).build());
    Predicate<UserId> shared = user -> there.indexOf(user) >= 0 && all.indexOf(user) >= 0;
    return new ZeroOverlap(
        new SourceDomain(
            some(there, user -> !shared.test(user) || half(user, seed), item -> true),
            RatingScale.of(data.domain(source))),
        data.catalogue().getOrDefault(source, Map.of()),
        some(all, user -> !shared.test(user) || !half(user, seed), item -> true),
        RatingScale.of(data.domain(target)),
        data.catalogue().getOrDefault(target, Map.of()),
        "no user shared with " + source + ", to which half of those in both belong, seed " + seed);
  }

  private static ZeroOverlap halved(EvaluationData data, DomainId target, long seed) {
    Interactions all =
        data.interactions().getOrDefault(target, Interactions.builder(target).build());
    RatingScale scale = RatingScale.of(data.domain(target));
    Map<ItemId, CatalogueItem> there = new HashMap<>();
    Map<ItemId, CatalogueItem> here = new HashMap<>();
    data.catalogue()
        .getOrDefault(target, Map.of())
        .forEach((item, record) -> (half(item, seed) ? there : here).put(item, record));
    return new ZeroOverlap(
        new SourceDomain(some(all, user -> half(user, seed), item -> half(item, seed)), scale),
        there,
        some(all, user -> !half(user, seed), item -> !half(item, seed)),
        scale,
        here,
        "half of the items for half of the users, the other halves are elsewhere, seed " + seed);
  }

  private static boolean half(Object id, long seed) {
    // mixed: single bits of the hash follow the digits of an id
    return new SplittableRandom(seed ^ Hash64.of(id.toString())).nextBoolean();
  }

  /** With numbers of its own, for those items alone. */
  private static Interactions some(
      Interactions all, Predicate<UserId> users, Predicate<ItemId> items) {
    InteractionsBuilder some = Interactions.builder(all.domain());
    all.items().all().stream().filter(items).forEach(some::addItem);
    for (UserId user : all.users()) {
      if (users.test(user)) {
        for (History.Entry entry : all.history(user).entries()) {
          if (items.test(entry.item())) {
            some.add(user, entry.item(), entry.strength(), entry.timeMillis());
          }
        }
      }
    }
    return some.build();
  }
}
