package dev.thaw.vectorindex.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.ClusteredVectors;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.VersionsContract;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest extends VersionsContract {
  private static final VectorSpace V1 = space("content", "v1", 8, Metric.COSINE);
  private static final VectorSpace V2 = space("content", "v2", 8, Metric.COSINE);

  @TempDir Path folder;

  @Override
  protected VectorIndexes open() {
    return LuceneIndexes.open(folder);
  }

  private static IndexedItem item(VectorSpace space, String id) {
    return new IndexedItem(
        ItemId.of(id),
        DomainId.of("movies"),
        true,
        true,
        Embedding.copyOf(space, ramp(space.dimension(), 1)));
  }

  private static List<Neighbour> search(VectorIndex index) {
    return index.search(
        Embedding.copyOf(index.space(), ramp(index.space().dimension(), 1)),
        10,
        SearchFilter.none());
  }

  @Test
  void everythingIsThereAfterReopening() {
    indexes.openOrCreate(V2).upsert(List.of(item(V2, "b")));
    indexes.openOrCreate(V1).upsert(List.of(item(V1, "a"), item(V1, "gone")));
    indexes.writer("content").delete(List.of(ItemId.of("gone")));
    indexes.activate(V1);
    indexes.close();

    indexes = LuceneIndexes.open(folder);

    assertThat(indexes.versions("content")).as("oldest first").containsExactly(V2, V1);
    VectorIndex active = indexes.active("content").orElseThrow();
    assertThat(active.space()).isEqualTo(V1);
    assertThat(active.size()).isEqualTo(1);
    assertThat(search(active)).extracting(Neighbour::itemId).containsExactly(ItemId.of("a"));
    assertThat(indexes.find("content", "v2").orElseThrow().get(ItemId.of("b"))).isPresent();
    VectorSpace other = space("content", "v1", 9, Metric.COSINE);
    assertThatThrownBy(() -> indexes.openOrCreate(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("dimension=9");
  }

  @Test
  void usersOfOneFolderShareItsWriter() {
    VectorIndex mine = indexes.openOrCreate(V1);
    try (VectorIndexes others =
        LuceneIndexes.open(folder.resolve("..").resolve(folder.getFileName()))) {
      others.writer("content").upsert(space -> Optional.of(item(space, "a")));
      mine.refresh();
      assertThat(search(mine)).hasSize(1);
    }
    mine.upsert(List.of(item(V1, "b")));
    mine.refresh();
    assertThat(mine.size()).as("still open").isEqualTo(2);
  }

  @Test
  void aClosedUserIsRefusedByName() {
    VectorIndex index = indexes.openOrCreate(V1);
    indexes.close();
    assertThatThrownBy(() -> indexes.versions("content"))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> search(index))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining("content@v1");
  }

  @Test
  void aFlippedByteFailsThatVersionByFolderAndTheOthersGoOn() throws IOException {
    damage("_0.cfs", LuceneIndexTest::flipMiddle);
  }

  @Test
  void aTruncatedSegmentFailsThatVersionByFolderAndTheOthersGoOn() throws IOException {
    damage("_0.cfs", file -> truncate(file, Files.size(file) / 2));
  }

  @Test
  void aBrokenDescriptionFailsThatVersionByFolderAndTheOthersGoOn() throws IOException {
    damage("space.json", file -> truncate(file, 20));
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private void damage(String file, Damage damage) throws IOException {
    indexes.openOrCreate(V1).upsert(List.of(item(V1, "a")));
    indexes.openOrCreate(V2).upsert(List.of(item(V2, "b")));
    indexes.activate(V2);
    indexes.close();
    Path version = folder.resolve("content").resolve("versions").resolve("v1");
    damage.to(segmentFile(version, file));

    indexes = LuceneIndexes.open(folder);

    assertThatThrownBy(() -> indexes.find("content", "v1"))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining(version.toString());
    assertThatThrownBy(() -> indexes.openOrCreate(V1))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining(version.toString());
    assertThat(indexes.versions("content")).containsExactly(V2);
    indexes.writer("content").upsert(space -> Optional.of(item(space, "c")));
    VectorIndex sound = indexes.active("content").orElseThrow();
    sound.refresh();
    assertThat(search(sound)).hasSize(2);

    indexes.drop(V1);
    VectorIndex again = indexes.openOrCreate(V1);
    assertThat(again.size()).isZero();
  }

  private static Path segmentFile(Path version, String name) throws IOException {
    try (Stream<Path> files = Files.list(version)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + version));
    }
  }

  private static void flipMiddle(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(file, bytes);
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void aBrokenActivePointerIsNamed() throws IOException {
    indexes.openOrCreate(V1);
    indexes.activate(V1);
    Files.writeString(folder.resolve("content").resolve("active.json"), "{");
    assertThatThrownBy(() -> indexes.active("content"))
        .isInstanceOf(VectorIndexException.class)
        .hasMessageContaining("active.json");
    assertThat(indexes.find("content", "v1")).isPresent();
    indexes.activate(V1);
    assertThat(indexes.active("content")).isPresent();
  }

  @Test
  void aHalfMadeVersionIsMadeAgain() throws IOException {
    Path version = folder.resolve("content").resolve("versions").resolve("v1");
    Files.createDirectories(version);
    Files.writeString(version.resolve("segments_1"), "torn");
    assertThat(indexes.versions("content")).isEmpty();
    VectorIndex index = indexes.openOrCreate(V1);
    index.upsert(List.of(item(V1, "a")));
    index.refresh();
    assertThat(search(index)).hasSize(1);
  }

  @Test
  void longAndOddNamesHaveFoldersOfTheirOwn() {
    String longName = "x".repeat(255);
    for (String name : List.of("..", "a/b", "A", "a", longName + "a", longName + "b")) {
      VectorSpace space = space(name, name, 2, Metric.COSINE);
      indexes.openOrCreate(space).upsert(List.of(item(space, name)));
    }
    for (String name : List.of("..", "a/b", "A", "a", longName + "a", longName + "b")) {
      VectorIndex index = indexes.find(name, name).orElseThrow();
      index.refresh();
      assertThat(index.find(ItemId.of(name))).isPresent();
      assertThat(index.size()).isEqualTo(1);
    }
  }

  @Test
  void graphSearchWithManyDeletedAndExcludedItemsStillFillsK() {
    VectorSpace space = space("sparse", "v1", 8, Metric.COSINE);
    ClusteredVectors world = new ClusteredVectors(space, 4_000, 0.5f, 3);
    VectorIndex index = indexes.openOrCreate(space);
    index.upsert(world.items(0, 4_000));
    index.compact();
    index.delete(world.items(0, 3_000).stream().map(IndexedItem::itemId).toList());
    index.refresh();
    for (int k : new int[] {1, 10, 500, 1_000, 2_000}) {
      assertThat(index.search(world.next(), k, SearchFilter.none())).hasSize(Math.min(k, 1_000));
    }
  }
}
