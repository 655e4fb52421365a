package dev.thaw.serving.catalogue;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The items of every configured domain. An item belongs to one domain for ever; of two records of
 * an item the newer wins, in whatever order they come. Thread-safe.
 */
public final class Catalogue {
  private final Map<DomainId, DomainCatalogue> domains;
  private final ConcurrentHashMap<String, DomainCatalogue> home = new ConcurrentHashMap<>();

  public Catalogue(Collection<DomainId> domains) {
    Map<DomainId, DomainCatalogue> all = new LinkedHashMap<>();
    domains.forEach(id -> all.put(id, new DomainCatalogue(id)));
    this.domains = Collections.unmodifiableMap(all);
  }

  public Collection<DomainCatalogue> domains() {
    return domains.values();
  }

  public @Nullable DomainCatalogue domain(DomainId id) {
    return domains.get(id);
  }

  /**
   * @return whether the record took effect; an older one than the known doesn't
   * @throws IllegalArgumentException if the domain is unknown, or the item is known in another one
   */
  public boolean put(CatalogueItem record) {
    requireDomain(record);
    DomainCatalogue target = domains.get(record.domain());
    if (target == null) {
      return false;
    }
    claim(record);
    return target.put(record);
  }

  /**
   * Binds a new item to its domain before there is a record of it, so that of two records at once
   * only one domain's can be taken.
   *
   * @throws IllegalArgumentException if the domain is unknown, or the item is bound to another one
   */
  public void claim(CatalogueItem record) {
    requireDomain(record);
    DomainCatalogue target = domains.get(record.domain());
    if (target != null) {
      DomainCatalogue known = home.putIfAbsent(record.itemId().value(), target);
      if (known != null && known != target) {
        throw new IllegalArgumentException(elsewhere(record, known));
      }
    }
  }

  /** Takes a claim back whose record could not be kept. */
  public void unclaim(CatalogueItem record) {
    DomainCatalogue target = domains.get(record.domain());
    if (target != null && target.find(record.itemId()) == null) {
      home.remove(record.itemId().value(), target);
    }
  }

  /**
   * @throws IllegalArgumentException if the domain is unknown, or the item is known in another one
   */
  private void requireDomain(CatalogueItem record) {
    DomainCatalogue target = domains.get(record.domain());
    if (target == null) {
      throw new IllegalArgumentException(
          "domain must be one of " + domains.keySet() + ", was \"" + record.domain() + '"');
    }
    DomainCatalogue known = home.get(record.itemId().value());
    if (known != null && known != target) {
      throw new IllegalArgumentException(elsewhere(record, known));
    }
  }

  private static String elsewhere(CatalogueItem record, DomainCatalogue known) {
    return "item \""
        + record.itemId()
        + "\" belongs to domain "
        + known.domain()
        + " already, was given for "
        + record.domain();
  }

  public void delete(ItemId id) {
    DomainCatalogue where = home.get(id.value());
    if (where != null) {
      where.delete(id);
    }
  }

  /** The item, whether available or not; null if it was never known or is deleted. */
  public @Nullable ServedItem find(ItemId id) {
    DomainCatalogue where = home.get(id.value());
    ServedItem item = where == null ? null : where.find(id);
    return item == null || item.deleted() ? null : item;
  }

  /** Number of items over all domains, deleted ones included. */
  public int size() {
    return domains.values().stream().mapToInt(DomainCatalogue::size).sum();
  }
}
