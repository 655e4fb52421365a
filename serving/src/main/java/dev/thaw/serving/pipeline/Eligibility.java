package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which items may be in an answer: available, of the wanted categories, not excluded by the caller
 * and not interacted with. Fixed before anything is scored.
 */
public final class Eligibility {
  private final BitSet excluded = new BitSet();
  private final Set<ItemId> excludedIds = new HashSet<>();
  private final List<String> categories;

  private Eligibility(List<String> categories) {
    this.categories = categories;
  }

  /**
   * @param without ids to leave out; those of other domains or unknown ones are without effect
   */
  @SafeVarargs
  public static Eligibility in(
      DomainCatalogue catalogue, List<String> categories, Collection<ItemId>... without) {
    Eligibility eligibility = new Eligibility(categories);
    for (Collection<ItemId> ids : without) {
      for (ItemId id : ids) {
        ServedItem item = catalogue.find(id);
        if (item != null) {
          eligibility.excluded.set(item.number());
          eligibility.excludedIds.add(id);
        }
      }
    }
    return eligibility;
  }

  public boolean admits(ServedItem item) {
    return item.eligible() && !excluded.get(item.number()) && hasCategory(item);
  }

  /** The excluded items of the domain, for the index to leave out. */
  public Set<ItemId> excluded() {
    return excludedIds;
  }

  public List<String> categories() {
    return categories;
  }

  private boolean hasCategory(ServedItem item) {
    if (categories.isEmpty()) {
      return true;
    }
    for (String category : item.categories()) {
      if (categories.contains(category)) {
        return true;
      }
    }
    return false;
  }
}
