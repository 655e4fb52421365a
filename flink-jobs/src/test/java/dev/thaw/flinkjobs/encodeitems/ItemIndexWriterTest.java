package dev.thaw.flinkjobs.encodeitems;

import static dev.thaw.flinkjobs.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestModels;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemIndexWriterTest {
  private static final DomainId MOVIES = TestEvents.MOVIES;
  private static final DomainId BOOKS = TestEvents.BOOKS;

  @TempDir Path folder;
  private ArtefactStore artefacts;
  private OnlineStore store;
  private VectorIndexes indexes;
  private ItemIndexWriter writer;
  private final TestProcessingTimeService clock = new TestProcessingTimeService();

  @BeforeEach
  void open() throws Exception {
    clock.setCurrentTime(0);
    artefacts = ArtefactStore.open(folder.resolve("artefacts"));
    store = openStore();
    indexes = openIndexes();
    writer =
        new ItemIndexWriter(
            openIndexes(),
            openStore(),
            new Placements(artefacts),
            DomainDefinitions.shipped(),
            100,
            clock);
  }

  private OnlineStore openStore() {
    return OnlineStores.open(
        new ThawConfig.Store("sqlite", folder.resolve("store.db").toString(), "thaw"),
        FeatureDefinitions.shipped().views());
  }

  private VectorIndexes openIndexes() {
    return VectorIndexFactory.open(
        new ThawConfig.Index("lucene", folder.resolve("index").toString()));
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    indexes.close();
    store.close();
  }

  private static EncodedContent encoded(CatalogueItem item, boolean cold) {
    return new EncodedContent(
        ContentChange.encode(item, cold, 0),
        LettersEncoder.encode(item.title()).orElse(null),
        "hash of " + item.title());
  }

  private static EncodedContent flags(CatalogueItem item, boolean cold) {
    return new EncodedContent(ContentChange.flags(item, cold, 0), null, "");
  }

  private void write(EncodedContent... contents) {
    for (EncodedContent content : contents) {
      writer.write(content, null);
    }
    writer.flush(false);
  }

  private VectorIndex version(TestModels.Placed model) {
    return indexes.openOrCreate(model.placement().factors().indexSpace(model.version()));
  }

  private Optional<IndexedItem> inContent(String id) {
    return indexes.active("content").orElseThrow().find(ItemId.of(id));
  }

  private void interactions(String item, long count) {
    store.write(
        "item_statistics",
        List.of(
            new FeatureRow(
                EntityKey.of("item_id", item),
                Map.of("interactions", new FeatureValue.Int64(count)),
                TestEvents.START)));
  }

  @Test
  void aNewItemIsPlacedInTheServedVersionAndInTheOneBeingBuilt() {
    TestModels.Placed served = TestModels.train(artefacts, MOVIES, 1);
    TestModels.Placed built = TestModels.train(artefacts, MOVIES, 2);
    VectorIndex before = version(served);
    CatalogueItem early = item("early", "bbbb", Duration.ZERO);
    write(encoded(early, true));
    VectorIndex beside = version(built);
    CatalogueItem late = item("late", "aaaa", Duration.ZERO);
    write(encoded(late, true));

    assertThat(before.find(early.itemId())).isPresent();
    assertThat(beside.find(early.itemId())).as("that is the builder's to load").isEmpty();
    for (TestModels.Placed model : List.of(served, built)) {
      IndexedItem placed = version(model).find(late.itemId()).orElseThrow();
      assertThat(placed.embedding().toArray())
          .isEqualTo(model.placement().place(late, LettersEncoder.encode("aaaa").orElseThrow(), 0));
      assertThat(placed.cold()).isTrue();
    }
    assertThat(before.find(late.itemId()).orElseThrow().embedding())
        .isNotEqualTo(beside.find(late.itemId()).orElseThrow().embedding());
  }

  @Test
  void whatABuildMissedOrOverwroteIsMendedWhenItsSetIsAnnounced() {
    CatalogueItem changed = item("changed", "bbbb", Duration.ZERO);
    CatalogueItem deleted = item("deleted", "bbbb", Duration.ZERO);
    write(encoded(changed, true), new EncodedContent(ContentChange.delete("deleted", 0), null, ""));
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    VectorIndex built = version(model);
    Embedding stale = Embedding.copyOf(built.space(), new float[] {1, 1, 1, 1, 1});
    built.upsert(
        List.of(
            new IndexedItem(changed.itemId(), MOVIES, true, true, stale),
            new IndexedItem(deleted.itemId(), MOVIES, true, true, stale)));

    write(new EncodedContent(ContentChange.announced("set-1", 0), null, ""));

    assertThat(built.find(deleted.itemId())).isEmpty();
    assertThat(built.find(changed.itemId()).orElseThrow().embedding().toArray())
        .isEqualTo(
            model.placement().place(changed, LettersEncoder.encode("bbbb").orElseThrow(), 0));
  }

  @Test
  void whatChangedLongBeforeTheBuildIsTheBuildersAlone() throws Exception {
    CatalogueItem item = item("m1", "bbbb", Duration.ZERO);
    write(encoded(item, true));
    clock.setCurrentTime(RecentChanges.KEPT_MILLIS + 1);
    VectorIndex built = version(TestModels.train(artefacts, MOVIES, 1));
    write(new EncodedContent(ContentChange.announced("set-1", 0), null, ""));
    assertThat(built.find(item.itemId())).isEmpty();
  }

  @Test
  void aKnownItemIsBlendedByItsInteractionsOfNow() {
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    VectorIndex index = version(model);
    CatalogueItem known = item("i3", "aaaa", Duration.ZERO);
    interactions("i3", 50);
    write(encoded(known, false));
    float[] half = index.find(known.itemId()).orElseThrow().embedding().toArray();
    assertThat(half)
        .isEqualTo(model.placement().place(known, LettersEncoder.encode("aaaa").orElseThrow(), 50));
    interactions("i3", 500);
    write(flags(known, false));
    assertThat(index.find(known.itemId()).orElseThrow().embedding().toArray())
        .as("content has gone")
        .isEqualTo(model.placement().factors().indexVector(known.itemId()));
  }

  @Test
  void flagsAreWrittenEverywhereAndKeepTheVectors() {
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    VectorIndex factors = version(model);
    CatalogueItem fresh = item("m1", "aaaa", Duration.ZERO);
    write(encoded(fresh, true));
    IndexedItem inFactors = factors.find(fresh.itemId()).orElseThrow();
    IndexedItem inContent = inContent("m1").orElseThrow();
    CatalogueItem away = item("m1", MOVIES, "aaaa", Map.of(), false, Duration.ofMinutes(1));
    write(flags(away, false));
    assertThat(inContent("m1")).contains(inContent.withCold(false).withAvailable(false));
    assertThat(factors.find(fresh.itemId()))
        .contains(inFactors.withCold(false).withAvailable(false));
  }

  @Test
  void flagsThatFollowAWaitingVectorDontLoseIt() {
    CatalogueItem item = item("m1", "aaaa", Duration.ZERO);
    write(encoded(item, true), flags(item, false));
    assertThat(inContent("m1").orElseThrow().cold()).isFalse();
  }

  @Test
  void aDeletionReachesEveryVersionOfEverySpace() {
    VectorIndex served = version(TestModels.train(artefacts, MOVIES, 1));
    VectorIndex built = version(TestModels.train(artefacts, MOVIES, 2));
    CatalogueItem item = item("m1", "aaaa", Duration.ZERO);
    CatalogueItem other = item("m2", "bbbb", Duration.ZERO);
    write(encoded(item, true), encoded(other, true));
    write(new EncodedContent(ContentChange.delete("m1", 0), null, ""));
    assertThat(inContent("m1")).isEmpty();
    assertThat(served.find(item.itemId())).isEmpty();
    assertThat(built.find(item.itemId())).isEmpty();
    assertThat(built.find(other.itemId())).isPresent();
  }

  @Test
  void anItemThatLosesItsTextLeavesTheContentSpaceAndStaysPlaced() {
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    VectorIndex factors = version(model);
    write(encoded(item("m1", "aaaa", Duration.ZERO), true));
    CatalogueItem bare = item("m1", "", Duration.ofMinutes(1));
    write(encoded(bare, true));
    assertThat(inContent("m1")).isEmpty();
    assertThat(factors.find(bare.itemId()).orElseThrow().embedding().toArray())
        .isEqualTo(model.placement().place(bare, null, 0));
  }

  @Test
  void anItemThatChangesItsDomainLeavesTheOldFactorSpace() {
    VectorIndex movies = version(TestModels.train(artefacts, MOVIES, 1));
    VectorIndex books = version(TestModels.train(artefacts, BOOKS, 1));
    write(encoded(item("m1", "aaaa", Duration.ZERO), true));
    CatalogueItem moved = item("m1", BOOKS, "aaaa", Map.of(), true, Duration.ofMinutes(1));
    write(
        new EncodedContent(
            ContentChange.encode(moved, true, 0).leaving("movies"),
            LettersEncoder.encode("aaaa").orElseThrow(),
            "hash"));
    assertThat(movies.find(moved.itemId())).isEmpty();
    assertThat(books.find(moved.itemId())).isPresent();
  }

  @Test
  void aVersionWhoseModelsAreGoneIsLeftAloneAndTheOthersGoOn() {
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    VectorIndex orphan =
        indexes.openOrCreate(
            model.placement().factors().indexSpace("0123456789abcdef-0123456789abcdef"));
    VectorIndex served = version(model);
    CatalogueItem item = item("m1", "aaaa", Duration.ZERO);
    write(encoded(item, true));
    assertThat(orphan.find(item.itemId())).isEmpty();
    assertThat(served.find(item.itemId())).isPresent();
  }

  @Test
  void changesLeaveAfterTheIntervalWithoutACheckpoint() throws Exception {
    clock.setCurrentTime(1_000);
    CatalogueItem item = item("m1", "aaaa", Duration.ZERO);
    writer.write(encoded(item, true), null);
    assertThat(indexes.active("content")).isEmpty();
    clock.setCurrentTime(1_100);
    assertThat(inContent("m1")).isPresent();
  }
}
