package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexComparisonTest {
  private static final VectorSpace SPACE = new VectorSpace("content", "v1", 2, Metric.COSINE);

  @TempDir Path folder;
  private VectorIndexes indexes;
  private VectorIndexes reference;

  @BeforeEach
  void open() {
    indexes = open("here");
    reference = open("there");
    write(reference, item("i1", true, 0.6f, 0.8f));
  }

  private VectorIndexes open(String name) {
    return VectorIndexFactory.open(new ThawConfig.Index("lucene", folder.resolve(name).toString()));
  }

  @AfterEach
  void close() {
    indexes.close();
    reference.close();
  }

  @Test
  void roundingIsNoDifference() {
    write(indexes, item("i1", true, 0.6000001f, 0.8f));
    assertThat(compare()).isEmpty();
  }

  @Test
  void flagVectorAndItemsAreCompared() {
    write(indexes, item("i1", false, 0.6f, 0.8f));
    assertThat(compare()).singleElement().asString().startsWith("i1 is movies, warm");
    write(indexes, item("i1", true, 0.8f, 0.6f));
    assertThat(compare()).singleElement().asString().startsWith("i1 is movies, cold");
    write(indexes, item("i1", true, 0.6f, 0.8f), item("i2", true, 0.6f, 0.8f));
    assertThat(compare())
        .singleElement()
        .asString()
        .matches("i2 should not be there \\(by its id movies, cold, available, vector -?\\d+\\)");
    write(reference, item("i2", true, 0.6f, 0.8f), item("i3", true, 0.6f, 0.8f));
    assertThat(compare()).containsExactly("i3 is missing (also by id)");
  }

  @Test
  void anItemWithTwoRowsIsNamedAlthoughOneOfThemIsRight() {
    Map<ItemId, IndexedItem> items = new HashMap<>();
    List<String> differences = new ArrayList<>();
    IndexComparison.put(items, item("i1", false, 0.6f, 0.8f), differences);
    IndexComparison.put(items, item("i2", true, 0.6f, 0.8f), differences);
    assertThat(differences).isEmpty();
    IndexComparison.put(items, item("i1", true, 0.6f, 0.8f), differences);
    assertThat(differences)
        .singleElement()
        .asString()
        .startsWith("i1 has two rows, movies, warm, available")
        .contains(" and movies, cold, available");
  }

  @Test
  void whatWasSentLastMustBeThereAndSomethingMustHaveBeenSent() {
    write(indexes, item("i1", true, 0.6f, 0.8f));
    assertThat(IndexComparison.asSent(indexes, Map.of()).held()).isFalse();
    assertThat(IndexComparison.asSent(indexes, sent("i1", true)).held()).isTrue();
    assertThat(IndexComparison.asSent(indexes, sent("i1", false)).broken())
        .singleElement()
        .asString()
        .startsWith("i1 is movies, cold, available");
    assertThat(IndexComparison.asSent(indexes, sent("i2", true)).broken())
        .containsExactly("i2 is missing (also by id)");
    assertThat(IndexComparison.asSent(indexes, sent("i2", true, "")).held()).isTrue();
    assertThat(IndexComparison.asSent(indexes, sent("i1", true, "")).held()).isFalse();
  }

  private static Map<ItemId, CatalogueItem> sent(String id, boolean available) {
    return sent(id, available, "Heat");
  }

  private static Map<ItemId, CatalogueItem> sent(String id, boolean available, String title) {
    ItemId item = ItemId.of(id);
    return Map.of(
        item,
        new CatalogueItem(
            item,
            DomainId.of("movies"),
            title,
            "",
            List.of(),
            Map.of(),
            available,
            Instant.parse("2026-03-05T12:00:00Z")));
  }

  private List<String> compare() {
    return IndexComparison.run(indexes, reference).broken();
  }

  private static void write(VectorIndexes to, IndexedItem... items) {
    VectorIndex index = to.openOrCreate(SPACE);
    to.activate(SPACE);
    index.upsert(List.of(items));
    index.refresh();
  }

  private static IndexedItem item(String id, boolean cold, float... vector) {
    return new IndexedItem(
        ItemId.of(id), DomainId.of("movies"), cold, true, Embedding.copyOf(SPACE, vector));
  }
}
