package dev.thaw.launcher.tour;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Who and what of a data set shows each case. Built while the data is loaded, so that nothing is
 * read twice. Not thread-safe while it is built.
 */
public final class Cast {
  private static final int WARM = 20;

  private final Map<ItemId, CatalogueItem> items = new LinkedHashMap<>();
  private final Map<ItemId, Integer> events = new HashMap<>();
  private final Map<DomainId, Map<UserId, Set<ItemId>>> histories = new LinkedHashMap<>();

  public void add(CatalogueItem item) {
    items.put(item.itemId(), item);
    histories.computeIfAbsent(item.domain(), d -> new LinkedHashMap<>());
  }

  public void add(Event event) {
    events.merge(event.itemId(), 1, Integer::sum);
    if (event.type().isInteraction()) {
      histories
          .computeIfAbsent(event.domain(), d -> new LinkedHashMap<>())
          .computeIfAbsent(event.userId(), u -> new HashSet<>())
          .add(event.itemId());
    }
  }

  List<DomainId> domains() {
    return List.copyOf(histories.keySet());
  }

  Optional<CatalogueItem> item(ItemId id) {
    return Optional.ofNullable(items.get(id));
  }

  void adopt(CatalogueItem item) {
    items.put(item.itemId(), item);
  }

  /** How many distinct items of the domain the user has interacted with. */
  int interactions(DomainId domain, UserId user) {
    return history(domain).getOrDefault(user, Set.of()).size();
  }

  /** Somebody with exactly so many interactions in the domain. */
  Optional<UserId> userWith(DomainId domain, int interactions) {
    return first(domain, n -> n == interactions);
  }

  /** Somebody warm in the domain, neither the busiest nor nearly cold. */
  Optional<UserId> warmUser(DomainId domain) {
    Optional<UserId> middling = first(domain, n -> n >= 2 * WARM && n <= 3 * WARM);
    return middling.isPresent() ? middling : first(domain, n -> n >= WARM);
  }

  /** Somebody warm in {@code known} who has done nothing in {@code target}. */
  Optional<UserId> warmElsewhere(DomainId known, DomainId target) {
    return history(known).entrySet().stream()
        .filter(e -> e.getValue().size() >= WARM && interactions(target, e.getKey()) == 0)
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  /** The newest item nobody has met, with words or without. */
  Optional<CatalogueItem> unmet(DomainId domain, boolean withText) {
    return items.values().stream()
        .filter(i -> i.domain().equals(domain) && i.isWithoutMetadata() != withText)
        .filter(i -> !events.containsKey(i.itemId()))
        .max(Comparator.comparing(CatalogueItem::time).thenComparing(i -> i.itemId()));
  }

  /** The best-known items of a category, best first. */
  List<CatalogueItem> bestKnown(DomainId domain, String category, int most) {
    return items.values().stream()
        .filter(i -> i.domain().equals(domain) && i.categories().contains(category))
        .sorted(Comparator.comparingInt(i -> -events.getOrDefault(i.itemId(), 0)))
        .limit(most)
        .toList();
  }

  /** What most items of the domain are, so that a new one has neighbours. */
  Optional<String> commonestCategory(DomainId domain) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    items.values().stream()
        .filter(i -> i.domain().equals(domain))
        .forEach(i -> i.categories().forEach(c -> counts.merge(c, 1, Integer::sum)));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** Somebody warm who has met most items of the category. */
  Optional<UserId> admirerOf(DomainId domain, String category) {
    return history(domain).entrySet().stream()
        .filter(e -> e.getValue().size() >= WARM)
        .max(Comparator.comparingDouble(e -> share(e.getValue(), category)))
        .map(Map.Entry::getKey);
  }

  /** A new record of an item for data sets whose catalogue has no unmet one. */
  static CatalogueItem newcomer(
      String id, DomainId domain, String title, List<String> categories, Instant now) {
    return new CatalogueItem(ItemId.of(id), domain, title, "", categories, Map.of(), true, now);
  }

  private double share(Set<ItemId> met, String category) {
    long hits =
        met.stream()
            .map(items::get)
            .filter(i -> i != null && i.categories().contains(category))
            .count();
    return (double) hits / met.size();
  }

  private Optional<UserId> first(DomainId domain, IntPredicate wanted) {
    return history(domain).entrySet().stream()
        .filter(e -> wanted.test(e.getValue().size()))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  private Map<UserId, Set<ItemId>> history(DomainId domain) {
    return histories.getOrDefault(domain, Map.of());
  }
}
