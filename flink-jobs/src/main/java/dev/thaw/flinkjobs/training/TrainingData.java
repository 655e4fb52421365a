package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.statistics.DistinctUsers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything a training was given. Interactions of all strengths, ratings alone, catalogue, content
 * vectors and profiles, by domain where they have one. Filled by one thread, then only read.
 */
public final class TrainingData {
  private final DomainDefinitions domains;
  private final GatheredInteractions gathered;
  private final TreeMap<DomainId, Map<ItemId, CatalogueItem>> catalogues = new TreeMap<>();
  private final Map<ItemId, Embedding> vectors = new HashMap<>();
  private final Map<ItemId, Embedding> ofOneSpace = new HashMap<>();
  private final Map<UserId, UserProfile> profiles = new HashMap<>();
  private final Map<ItemId, DistinctUsers> users = new HashMap<>();
  private Instant end = Instant.EPOCH;

  public TrainingData(DomainDefinitions domains) {
    this.domains = domains;
    this.gathered = new GatheredInteractions(domains);
  }

  public void add(TrainingRecord record) {
    if (record.event != null) {
      add(record.event);
    } else if (record.item != null) {
      add(record.item);
    } else if (record.vector != null) {
      vectors.put(record.vector.itemId(), record.vector.vector());
    } else if (record.profile != null) {
      profiles.merge(
          record.profile.userId(), record.profile, (a, b) -> b.time().isBefore(a.time()) ? a : b);
    } else if (record.deletedItem != null) {
      ItemId gone = ItemId.of(record.deletedItem);
      catalogues.values().forEach(items -> items.remove(gone));
    } else if (record.deletedVector != null) {
      vectors.remove(ItemId.of(record.deletedVector));
    } else if (record.deletedUser != null) {
      profiles.remove(new UserId(record.deletedUser));
    } else if (record.erasure != null) {
      gathered.add(record.erasure);
    }
  }

  private void add(CatalogueItem item) {
    catalogues
        .computeIfAbsent(item.domain(), d -> new HashMap<>())
        .merge(item.itemId(), item, (a, b) -> b.time().isBefore(a.time()) ? a : b);
  }

  private void add(Event event) {
    if (event.time().isAfter(end)) {
      end = event.time();
    }
    if (event.type().isInteraction()) {
      users
          .computeIfAbsent(event.itemId(), item -> new DistinctUsers())
          .add(Hash64.of(event.userId().value()));
    }
    gathered.add(event);
  }

  /** Time of the newest event: the time of everything that is computed from this data. */
  public Instant end() {
    return end;
  }

  public DomainDefinitions definitions() {
    return domains;
  }

  /** Domains with at least one interaction. */
  public Iterable<DomainId> domains() {
    return gathered.domains();
  }

  /** Interactions of a domain, empty if there is none. */
  public Optional<Interactions> interactions(DomainId domain) {
    return gathered.interactions(domain);
  }

  /** Ratings of a domain, empty if there is none. */
  public Optional<Interactions> ratings(DomainId domain) {
    return gathered.ratings(domain);
  }

  /** Interactions that say that the user liked the item. */
  public Optional<Interactions> positives(DomainId domain) {
    return gathered.positives(domain);
  }

  /**
   * How many users interacted with the item, counted as the job item-statistics does: those erased
   * since still count. Only that job may say more for a while, where it resumed from state that
   * counted events. An item that was erased begins anew at zero, and encode-items corrects it from
   * what is counted since.
   */
  public long interactionsWith(ItemId item) {
    DistinctUsers known = users.get(item);
    return known == null || gathered.isErased(item) ? 0 : known.count();
  }

  public Map<ItemId, CatalogueItem> catalogue(DomainId domain) {
    return catalogues.getOrDefault(domain, Map.of());
  }

  /**
   * Content vectors of one space: of the one that most items have, while an encoder replaces
   * another.
   */
  public Map<ItemId, Embedding> vectors() {
    if (ofOneSpace.isEmpty() && !vectors.isEmpty()) {
      VectorSpace space = mostCommonSpace();
      vectors.forEach(
          (item, vector) -> {
            if (vector.space().equals(space)) {
              ofOneSpace.put(item, vector);
            }
          });
    }
    return ofOneSpace;
  }

  private VectorSpace mostCommonSpace() {
    Map<VectorSpace, Integer> counts = new HashMap<>();
    vectors.values().forEach(vector -> counts.merge(vector.space(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<VectorSpace, Integer>comparingByValue()
                .thenComparing(each -> each.getKey().key()))
        .orElseThrow()
        .getKey();
  }

  public Map<UserId, UserProfile> profiles() {
    return profiles;
  }
}
