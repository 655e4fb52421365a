package dev.thaw.models.popularity;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Items of a domain by number of interactions, most popular first, ties by id.
 *
 * @param ranked every item with at least one interaction
 */
public record Popularity(DomainId domain, List<Counted> ranked) {
  public Popularity {
    ranked = List.copyOf(ranked);
  }

  /** An item with its (possibly shrunk or decayed) number of interactions. */
  public record Counted(ItemId item, double count) {}

  public static Popularity of(Interactions interactions) {
    List<Counted> ranked = new ArrayList<>();
    for (int i = 0; i < interactions.items().size(); i++) {
      if (interactions.columnLength(i) > 0) {
        ranked.add(new Counted(interactions.items().get(i), interactions.columnLength(i)));
      }
    }
    ranked.sort(Comparator.comparingDouble(Counted::count).reversed().thenComparing(Counted::item));
    return new Popularity(interactions.domain(), ranked);
  }
}
