package dev.thaw.flinkjobs.encodeitems;

import static dev.thaw.flinkjobs.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
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
  private VectorIndexes indexes;
  private ItemIndexWriter writer;
  private final TestProcessingTimeService clock = new TestProcessingTimeService();

  @BeforeEach
  void open() throws Exception {
    clock.setCurrentTime(0);
    artefacts = ArtefactStore.open(folder.resolve("artefacts"));
    indexes = openIndexes();
    writer =
        new ItemIndexWriter(
            openIndexes(), new Placements(artefacts), DomainDefinitions.shipped(), 100, clock);
  }

  private VectorIndexes openIndexes() {
    return VectorIndexFactory.open(
        new ThawConfig.Index("lucene", folder.resolve("index").toString()));
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    indexes.close();
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
          .isEqualTo(model.placement().place(late, LettersEncoder.encode("aaaa").orElseThrow()));
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
        .isEqualTo(model.placement().place(changed, LettersEncoder.encode("bbbb").orElseThrow()));
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
  void aKnownItemFollowsItsContentAsFarAsItsLikesLetIt() {
    TestModels.Placed model = TestModels.train(artefacts, MOVIES, 1);
    VectorIndex index = version(model);
    ItemId known = ItemId.of("i3");
    double followed = model.placement().projection().placed().followed(known, true);
    assertThat(followed).isBetween(0.01, 0.99);
    float[] before = placed(index, item("i3", "dddd", Duration.ZERO));
    float[] after = placed(index, item("i3", "aaaa", Duration.ZERO));
    float[] as = projected(model, "dddd");
    float[] now = projected(model, "aaaa");
    for (int i = 0; i < after.length; i++) {
      assertThat((double) after[i] - before[i])
          .isCloseTo(followed * (now[i] - as[i]), offset(1e-4));
    }
    assertThat(after).isNotEqualTo(before);
  }

  private float[] placed(VectorIndex index, CatalogueItem item) {
    write(encoded(item, false));
    return index.find(item.itemId()).orElseThrow().embedding().toArray();
  }

  private static float[] projected(TestModels.Placed model, String title) {
    return model
        .placement()
        .projection()
        .project(item("new", title, Duration.ZERO), LettersEncoder.encode(title).orElseThrow());
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
        .isEqualTo(model.placement().place(bare, null));
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
