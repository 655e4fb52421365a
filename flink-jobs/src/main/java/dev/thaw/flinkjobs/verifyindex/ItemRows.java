package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the feature store says of items: {@code item_content} and {@code item_statistics}. */
final class ItemRows {
  private static final String CONTENT = "item_content";
  private static final String STATISTICS = "item_statistics";

  /**
   * @param content empty if it was not encoded yet
   * @param statistics empty if nothing happened to it yet
   */
  record Rows(Optional<FeatureRow> content, Optional<FeatureRow> statistics) {

    /** Its content was encoded, and there was nothing to make a vector of. */
    boolean isWithoutVector() {
      return content.isPresent() && content.get().get("vector").isEmpty();
    }

    /** The vector of this space. */
    Optional<Embedding> vector(VectorSpace space) {
      return content
          .filter(row -> new FeatureValue.Text(space.key()).equals(row.features().get("space")))
          .map(row -> row.features().get("vector"))
          .filter(FeatureValue.Float32s.class::isInstance)
          .map(vector -> ((FeatureValue.Float32s) vector).toArray())
          .filter(values -> values.length == space.dimension())
          .map(values -> Embedding.copyOf(space, values));
    }

    boolean cold() {
      return statistics
          .map(row -> row.features().get("cold"))
          .map(cold -> new FeatureValue.Bool(true).equals(cold))
          .orElse(true);
    }
  }

  private final OnlineStore store;

  ItemRows(OnlineStore store) {
    this.store = store;
  }

  /**
   * In one round trip, one for each in their order.
   *
   * @throws dev.thaw.featuredefinitions.online.OnlineStoreException if the store can't be reached
   */
  List<Rows> of(List<CatalogueItem> items) {
    List<OnlineStore.Read> reads = new ArrayList<>(2 * items.size());
    for (CatalogueItem item : items) {
      EntityKey key = EntityKey.of("item_id", item.itemId().value());
      reads.add(new OnlineStore.Read(CONTENT, key));
      reads.add(new OnlineStore.Read(STATISTICS, key));
    }
    List<Optional<FeatureRow>> read = reads.isEmpty() ? List.of() : store.read(reads);
    List<Rows> rows = new ArrayList<>(items.size());
    for (int i = 0; i < read.size(); i += 2) {
      rows.add(new Rows(read.get(i), read.get(i + 1)));
    }
    return rows;
  }
}
