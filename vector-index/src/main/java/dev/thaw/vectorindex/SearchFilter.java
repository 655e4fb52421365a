package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items may be found.
 *
 * @param domain only this domain, if given
 * @param cold only items with this flag, if given
 * @param available only items with this flag, if given
 * @param excluded never these; a large set that is used more than once is best made with {@link
 *     Set#copyOf} before, as copies of it then cost nothing
 */
public record SearchFilter(
    @Nullable DomainId domain,
    @Nullable Boolean cold,
    @Nullable Boolean available,
    Set<ItemId> excluded) {
  public SearchFilter {
    excluded = Set.copyOf(excluded);
  }

  public static SearchFilter none() {
    return new SearchFilter(null, null, null, Set.of());
  }

  /** Available items of the domain. */
  public static SearchFilter availableIn(DomainId domain) {
    return new SearchFilter(domain, null, true, Set.of());
  }

  public SearchFilter coldOnly() {
    return new SearchFilter(domain, true, available, excluded);
  }

  public SearchFilter warmOnly() {
    return new SearchFilter(domain, false, available, excluded);
  }

  public SearchFilter without(Set<ItemId> items) {
    return new SearchFilter(domain, cold, available, items);
  }
}
