package dev.thaw.models.popularity;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
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

  public void write(BinaryWriter out) {
    out.writeText(domain.value()).writeCount(ranked.size());
    ranked.forEach(each -> out.writeText(each.item.value()).writeDouble(each.count));
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static Popularity read(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    int size = in.readSize(9);
    List<Counted> ranked = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ranked.add(new Counted(ItemId.of(in.readText()), in.readDouble()));
    }
    return new Popularity(domain, ranked);
  }

  public static Popularity of(Interactions interactions) {
    List<Counted> ranked = new ArrayList<>();
    for (int i = 0; i < interactions.items().size(); i++) {
      if (interactions.columnLength(i) > 0) {
        ranked.add(new Counted(interactions.items().get(i), interactions.columnLength(i)));
      }
    }
    return of(interactions.domain(), ranked);
  }

  /** Items in any order, each with at least one interaction. */
  public static Popularity of(DomainId domain, List<Counted> items) {
    List<Counted> ranked = new ArrayList<>(items);
    ranked.sort(Comparator.comparingDouble(Counted::count).reversed().thenComparing(Counted::item));
    return new Popularity(domain, ranked);
  }
}
