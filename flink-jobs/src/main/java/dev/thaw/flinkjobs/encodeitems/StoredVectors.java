package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was made of contents before, from the rows of the items. A row that is not written yet, or
 * is of another content or encoder, is as none. Not thread-safe.
 */
final class StoredVectors implements AutoCloseable {
  private final OnlineStore store;
  private final VectorSpace space;

  /**
   * @param store is closed with this
   * @param space of the encoder
   */
  StoredVectors(OnlineStore store, VectorSpace space) {
    this.store = store;
    this.space = space;
  }

  /**
   * What the store holds of these contents, by content hash.
   *
   * @param items by the hash of their content
   * @throws dev.thaw.featuredefinitions.online.OnlineStoreException if the store can't be reached
   */
  Map<String, ContentEncoding.Encoded> of(Map<String, CatalogueItem> items) {
    Map<String, ContentEncoding.Encoded> found = new HashMap<>();
    if (items.isEmpty()) {
      return found;
    }
    List<String> hashes = new ArrayList<>(items.keySet());
    List<Optional<FeatureRow>> rows =
        store.read(items.values().stream().map(StoredVectors::rowOf).toList());
    for (int i = 0; i < hashes.size(); i++) {
      String hash = hashes.get(i);
      rows.get(i)
          .filter(row -> new FeatureValue.Text(hash).equals(row.features().get("content_hash")))
          .flatMap(row -> encoded(row, hash))
          .ifPresent(encoded -> found.put(hash, encoded));
    }
    return found;
  }

  private static OnlineStore.Read rowOf(CatalogueItem item) {
    return new OnlineStore.Read(EncodeItems.VIEW, EntityKey.of("item_id", item.itemId().value()));
  }

  /** Empty if the row's vector is not of the encoder's space. */
  private Optional<ContentEncoding.Encoded> encoded(FeatureRow row, String hash) {
    if (!(row.features().get("vector") instanceof FeatureValue.Float32s vector)) {
      return Optional.of(new ContentEncoding.Encoded(Optional.empty(), hash));
    }
    float[] values = vector.toArray();
    return new FeatureValue.Text(space.key()).equals(row.features().get("space"))
            && values.length == space.dimension()
        ? Optional.of(
            new ContentEncoding.Encoded(Optional.of(Embedding.copyOf(space, values)), hash))
        : Optional.empty();
  }

  @Override
  public void close() {
    store.close();
  }
}
