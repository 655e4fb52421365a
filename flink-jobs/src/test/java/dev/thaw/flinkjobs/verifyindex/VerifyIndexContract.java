package dev.thaw.flinkjobs.verifyindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestItems;
import dev.thaw.flinkjobs.TestModels;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of difference is planted, found and, where there is something to do, mended. */
abstract class VerifyIndexContract {
  private static final DomainId MOVIES = TestEvents.MOVIES;
  private static final DomainId BOOKS = TestEvents.BOOKS;
  private static final VerifyIndex.Watcher NOBODY = index -> done -> {};

  @TempDir Path folder;
  private OnlineStore store;
  private VectorIndexes indexes;
  private ArtefactStore artefacts;
  private final List<CatalogueItem> catalogue = new ArrayList<>();

  abstract OnlineStore openStore() throws Exception;

  abstract VectorIndexes openIndexes() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = openStore();
    indexes = openIndexes();
    artefacts = ArtefactStore.open(folder.resolve("artefacts"));
  }

  @AfterEach
  void close() {
    if (indexes != null) {
      indexes.close();
    }
    if (store != null) {
      store.close();
    }
  }

  private List<IndexReport> verify(DomainId domain, boolean repair) {
    return new VerifyIndex(
            new VerifyIndex.Parts(
                DomainDefinitions.shipped(), KnownItems.of(catalogue), store, indexes, artefacts))
        .run(new VerifyIndex.Asked(domain, repair, 3), NOBODY);
  }

  private static IndexReport only(List<IndexReport> reports) {
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  /** A record with its row. */
  private CatalogueItem known(String id, DomainId domain, String title, boolean available) {
    CatalogueItem item = TestItems.item(id, domain, title, Map.of(), available, Duration.ZERO);
    catalogue.add(item);
    content(id, LettersEncoder.encode(title), LettersEncoder.SPACE.key());
    return item;
  }

  private CatalogueItem known(String id) {
    return known(id, MOVIES, "aabb", true);
  }

  private void content(String id, Optional<Embedding> vector, String space) {
    Map<String, FeatureValue> features = new HashMap<>();
    features.put("content_hash", new FeatureValue.Text("hash"));
    vector.ifPresent(
        known -> {
          features.put("vector", FeatureValue.Float32s.copyOf(known.toArray()));
          features.put("space", new FeatureValue.Text(space));
        });
    store.write("item_content", List.of(row(id, features)));
  }

  private void statistics(String id, boolean cold, long interactions) {
    store.write(
        "item_statistics",
        List.of(
            row(
                id,
                Map.of(
                    "cold", new FeatureValue.Bool(cold),
                    "interactions", new FeatureValue.Int64(interactions)))));
  }

  private static FeatureRow row(String id, Map<String, FeatureValue> features) {
    return new FeatureRow(EntityKey.of("item_id", id), features, TestEvents.START);
  }

  private static IndexedItem indexed(CatalogueItem item, boolean cold, String title) {
    return new IndexedItem(
        item.itemId(),
        item.domain(),
        cold,
        item.available(),
        LettersEncoder.encode(title).orElseThrow());
  }

  private static IndexedItem indexed(CatalogueItem item) {
    return indexed(item, true, "aabb");
  }

  private VectorIndex content() {
    VectorIndex content = indexes.openOrCreate(LettersEncoder.SPACE);
    indexes.activate(LettersEncoder.SPACE);
    return content;
  }

  @Test
  void whatAgreesIsEqual() {
    VectorIndex content = content();
    CatalogueItem cold = known("cold");
    CatalogueItem warm = known("warm", BOOKS, "cc", false);
    statistics("warm", false, 50);
    known("silent", MOVIES, "", true);
    content.upsert(List.of(indexed(cold), indexed(warm, false, "cc")));

    IndexReport report = only(verify(null, false));

    assertThat(report.index()).isEqualTo("content@letters");
    assertThat(report.items()).isEqualTo(3);
    assertThat(report.counts()).isEmpty();
    assertThat(report.isEqual()).isTrue();
  }

  @Test
  void eachKindOfDifferenceIsFoundAndMended() {
    VectorIndex content = content();
    CatalogueItem good = known("good");
    known("missing");
    CatalogueItem moved = known("moved", BOOKS, "aabb", true);
    CatalogueItem warm = known("warm");
    statistics("warm", false, 50);
    CatalogueItem away = known("away", MOVIES, "aabb", false);
    CatalogueItem other = known("other");
    CatalogueItem silent = known("silent", MOVIES, "", true);
    CatalogueItem unwritten =
        TestItems.item("unwritten", MOVIES, "aabb", Map.of(), true, Duration.ZERO);
    catalogue.add(unwritten);
    CatalogueItem stale = known("stale");
    content("stale", LettersEncoder.encode("aabb"), "content@earlier");
    CatalogueItem orphan = TestItems.item("orphan", "aabb", Duration.ZERO);
    content.upsert(
        List.of(
            indexed(good),
            new IndexedItem(moved.itemId(), MOVIES, true, true, indexed(moved).embedding()),
            indexed(warm),
            indexed(away).withAvailable(true),
            indexed(other, true, "abbb"),
            indexed(silent, true, "a"),
            indexed(stale).withCold(false),
            indexed(orphan)));

    IndexReport found = only(verify(null, false));
    Map<Difference, Long> all =
        Map.of(
            Difference.MISSING, 1L,
            Difference.ORPHAN, 1L,
            Difference.WITHOUT_CONTENT, 1L,
            Difference.DOMAIN, 1L,
            Difference.COLD, 2L,
            Difference.AVAILABLE, 1L,
            Difference.VECTOR, 1L,
            Difference.NOT_ENCODED, 2L);
    assertThat(found.counts()).isEqualTo(all);
    assertThat(found.different()).isEqualTo(9);
    assertThat(found.mended()).isZero();
    assertThat(found.isEqual()).isFalse();
    assertThat(found.examples(Difference.ORPHAN)).containsExactly(orphan.itemId());
    assertThat(found.examples(Difference.NOT_ENCODED))
        .containsExactlyInAnyOrder(stale.itemId(), unwritten.itemId());
    assertThat(content.find(orphan.itemId())).as("nothing was asked to be mended").isPresent();

    IndexReport mended = only(verify(null, true));
    assertThat(mended.counts()).isEqualTo(all);
    assertThat(mended.mended()).isEqualTo(7);
    assertThat(mended.isEqual()).isFalse();

    IndexReport left = only(verify(null, true));
    assertThat(left.counts()).isEqualTo(Map.of(Difference.NOT_ENCODED, 2L));
    assertThat(left.mended()).isZero();
    assertThat(content.find(ItemId.of("missing"))).isPresent();
    assertThat(content.find(orphan.itemId())).isEmpty();
    assertThat(content.find(silent.itemId())).isEmpty();
    assertThat(content.find(moved.itemId()).orElseThrow().domain()).isEqualTo(BOOKS);
    assertThat(content.find(stale.itemId()).orElseThrow().cold())
        .as("flags are mended where the vector can't be")
        .isTrue();
  }

  @Test
  void aDomainIsLookedAtAlone() {
    VectorIndex content = content();
    known("m");
    known("b", BOOKS, "aabb", true);
    content.upsert(
        List.of(
            indexed(TestItems.item("gone", "aabb", Duration.ZERO)),
            indexed(TestItems.item("b-gone", BOOKS, "aabb", Map.of(), true, Duration.ZERO))));

    IndexReport books = only(verify(BOOKS, false));

    assertThat(books.items()).isEqualTo(2);
    assertThat(books.examples(Difference.MISSING)).containsExactly(ItemId.of("b"));
    assertThat(books.examples(Difference.ORPHAN)).containsExactly(ItemId.of("b-gone"));
  }

  @Test
  void theFactorSpacesOfTheActiveSetAreLookedAtToo() {
    content();
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    String[] versions = model.version().split("-", 2);
    String scope = ArtefactKind.scope(MOVIES);
    artefacts.activate(
        artefacts
            .publish(
                List.of(
                    artefacts.find(ArtefactKind.FACTORS, scope, versions[0]).orElseThrow(),
                    artefacts.find(ArtefactKind.PROJECTION, scope, versions[1]).orElseThrow()),
                Map.of("factors.movies", model.version()),
                TestEvents.START)
            .version());
    VectorIndex factors =
        indexes.openOrCreate(model.placement().factors().indexSpace(model.version()));
    CatalogueItem missing = known("missing");
    known("book", BOOKS, "aabb", true);
    indexes
        .active("content")
        .orElseThrow()
        .upsert(catalogue.stream().map(each -> indexed(each)).toList());
    Embedding somewhere = Embedding.copyOf(factors.space(), new float[] {1, 2, 3, 4, 5});
    factors.upsert(
        List.of(
            new IndexedItem(ItemId.of("gone"), MOVIES, true, true, somewhere),
            new IndexedItem(ItemId.of("book"), BOOKS, true, true, somewhere)));

    List<IndexReport> reports = verify(null, true);

    assertThat(reports).extracting(IndexReport::isEqual).containsExactly(true, true);
    IndexReport report = reports.get(1);
    assertThat(report.index()).startsWith("factors.movies@");
    assertThat(report.counts()).isEqualTo(Map.of(Difference.MISSING, 1L, Difference.ORPHAN, 2L));
    assertThat(factors.find(missing.itemId()).orElseThrow().embedding().toArray())
        .isEqualTo(model.placement().place(missing, LettersEncoder.encode("aabb").orElseThrow()));
    assertThat(verify(null, false)).allMatch(each -> each.counts().isEmpty());
  }

  @Test
  void noVersionOfTheContentIsSaid() {
    known("m");
    assertThatThrownBy(() -> verify(null, false))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining("content has no active version");
  }
}
