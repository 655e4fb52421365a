package dev.thaw.flinkjobs.verifyindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestItems;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.exact.ExactIndexes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that an index shows under more than one row. */
class DoubleRowsTest {
  @TempDir Path folder;
  private OnlineStore store;
  private DoubleRows index;
  private final CatalogueItem good = TestItems.item("good", "aabb", Duration.ZERO);
  private final CatalogueItem twice = TestItems.item("twice", "aabb", Duration.ZERO);
  private final CatalogueItem gone = TestItems.item("gone", "aabb", Duration.ZERO);

  @BeforeEach
  void open() {
    store =
        OnlineStores.open(
            new ThawConfig.Store("sqlite", folder.resolve("store.db").toString(), "thaw"),
            FeatureDefinitions.shipped().views());
    index = new DoubleRows(new ExactIndexes().openOrCreate(LettersEncoder.SPACE));
    index.upsert(List.of(indexed(good), indexed(twice)));
    store.write("item_content", List.of(row(good), row(twice)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static IndexedItem indexed(CatalogueItem item) {
    return new IndexedItem(item.itemId(), item.domain(), true, item.available(), vector("aabb"));
  }

  private static Embedding vector(String title) {
    return LettersEncoder.encode(title).orElseThrow();
  }

  private static FeatureRow row(CatalogueItem item) {
    return new FeatureRow(
        EntityKey.of("item_id", item.itemId().value()),
        Map.of(
            "content_hash", new FeatureValue.Text("hash"),
            "vector", FeatureValue.Float32s.copyOf(vector("aabb").toArray()),
            "space", new FeatureValue.Text(LettersEncoder.SPACE.key())),
        TestEvents.START);
  }

  private IndexReport check(boolean repair) {
    KnownItems catalogue = KnownItems.of(List.of(good, twice));
    return new IndexCheck(
            new ContentTruth(index, new ItemRows(store)), catalogue, null, looked -> {})
        .run(repair, 3);
  }

  @Test
  void aSecondRowIsFoundThoughTheFirstIsRightAndMendedByDeletingBoth() {
    index.second.add(indexed(twice).withAvailable(false));

    IndexReport found = check(false);
    assertThat(found.counts()).isEqualTo(Map.of(Difference.DOUBLE, 1L));
    assertThat(found.examples(Difference.DOUBLE)).containsExactly(twice.itemId());
    assertThat(found.items()).isEqualTo(2);
    assertThat(found.isEqual()).isFalse();

    assertThat(check(true).isEqual()).isTrue();
    assertThat(check(false).counts()).isEmpty();
    assertThat(index.find(twice.itemId())).contains(indexed(twice));
  }

  @Test
  void aSecondRowOfAnOrphanGoesWithTheFirst() {
    index.upsert(List.of(indexed(gone)));
    index.second.add(indexed(gone));
    assertThat(check(true).counts())
        .isEqualTo(Map.of(Difference.ORPHAN, 1L, Difference.DOUBLE, 1L));
    assertThat(index.find(gone.itemId())).isEmpty();
    assertThat(check(false).counts()).isEmpty();
  }

  @Test
  void anItemThatWasWrittenDuringTheVisitIsNoDouble() {
    index.second.add(indexed(twice));
    index.secondVisits = 1;
    assertThat(check(false).counts()).isEmpty();
  }

  /** Beside what is in it, visits second rows; as of a server that kept them, only deletes help. */
  private static final class DoubleRows implements VectorIndex {
    private final VectorIndex index;
    final List<IndexedItem> second = new ArrayList<>();
    int secondVisits = Integer.MAX_VALUE;

    DoubleRows(VectorIndex index) {
      this.index = index;
    }

    @Override
    public VectorSpace space() {
      return index.space();
    }

    @Override
    public void upsert(Collection<IndexedItem> items) {
      index.upsert(items);
    }

    @Override
    public void delete(Collection<ItemId> items) {
      second.removeIf(row -> items.contains(row.itemId()));
      index.delete(items);
    }

    @Override
    public List<Neighbour> search(Embedding query, int k, SearchFilter filter) {
      return index.search(query, k, filter);
    }

    @Override
    public Optional<IndexedItem> find(ItemId item) {
      return index.find(item);
    }

    @Override
    public void forEach(Consumer<IndexedItem> visitor) {
      index.forEach(visitor);
      if (secondVisits-- > 0) {
        second.forEach(visitor);
      }
    }

    @Override
    public void refresh() {
      index.refresh();
    }

    @Override
    public void compact() {
      index.compact();
    }

    @Override
    public long size() {
      return index.size() + second.size();
    }
  }
}
