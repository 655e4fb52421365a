package dev.thaw.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How versions come, are written together, swapped and go, for every index. */
public abstract class VersionsContract extends SearchContract {
  private static final VectorSpace OLD = space("Factors.mövies", "2026-01", 3, Metric.COSINE);
  private static final VectorSpace NEW =
      space("Factors.mövies", "2026-02/b", 5, Metric.INNER_PRODUCT);

  private static IndexedItem item(int i, VectorSpace space) {
    return new IndexedItem(
        ItemId.of("i" + i),
        DomainId.of("movies"),
        true,
        true,
        Embedding.copyOf(space, ramp(space.dimension(), i)));
  }

  private static List<Neighbour> all(VectorIndex index) {
    return index.search(
        Embedding.copyOf(index.space(), ramp(index.space().dimension(), 1)),
        1_000,
        SearchFilter.none());
  }

  @Test
  void nothingIsActiveBeforeTheFirstActivation() {
    assertThat(indexes.active(OLD.name())).isEmpty();
    assertThat(indexes.versions(OLD.name())).isEmpty();
    assertThat(indexes.find(OLD.name(), OLD.modelVersion())).isEmpty();
    assertThatThrownBy(() -> indexes.activate(OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(OLD.key());
    indexes.openOrCreate(OLD);
    assertThat(indexes.active(OLD.name())).isEmpty();
    assertThat(indexes.find(OLD.name(), OLD.modelVersion())).isPresent();
    assertThat(indexes.versions("another space")).isEmpty();
  }

  @Test
  void buildsANewVersionBesideTheOldAndSwaps() {
    VectorIndex old = indexes.openOrCreate(OLD);
    SpaceWriter writer = indexes.writer(OLD.name());
    IntStream.range(0, 50).forEach(i -> writer.upsert(space -> Optional.of(item(i, space))));
    writer.refresh();
    indexes.activate(OLD);

    VectorIndex built = indexes.openOrCreate(NEW);
    built.upsert(IntStream.range(0, 50).mapToObj(i -> item(i, NEW)).toList());
    writer.upsert(space -> Optional.of(item(50, space)));
    writer.upsertAll(space -> space.equals(NEW) ? List.of(item(51, NEW)) : List.of());
    writer.delete(List.of(ItemId.of("i0")));
    writer.update(ItemId.of("i1"), before -> before.withCold(false));
    writer.update(ItemId.of("i51"), before -> before.withAvailable(false));
    writer.refresh();

    assertThat(indexes.versions(OLD.name())).containsExactly(OLD, NEW);
    assertThat(indexes.active(OLD.name()).orElseThrow().space()).isEqualTo(OLD);
    assertThat(old.size()).isEqualTo(50);
    assertThat(built.size()).isEqualTo(51);
    assertThat(old.find(ItemId.of("i1")).orElseThrow().cold()).isFalse();
    assertThat(built.find(ItemId.of("i1"))).contains(item(1, NEW).withCold(false));
    assertThat(built.find(ItemId.of("i51"))).contains(item(51, NEW).withAvailable(false));
    assertThat(old.find(ItemId.of("i51"))).isEmpty();

    indexes.activate(NEW);
    VectorIndex active = indexes.active(OLD.name()).orElseThrow();
    assertThat(active.space()).isEqualTo(NEW);
    assertThat(all(active)).hasSize(51);
    assertThat(all(old)).as("the old one answers until it is dropped").hasSize(50);

    indexes.drop(OLD);
    assertThat(indexes.versions(OLD.name())).containsExactly(NEW);
    assertThat(indexes.find(OLD.name(), OLD.modelVersion())).isEmpty();
    assertThatThrownBy(() -> all(old)).isInstanceOf(VectorIndexException.class);
    writer.upsert(space -> Optional.of(item(60, space)));
    writer.refresh();
    assertThat(all(active)).hasSize(52);
  }

  @Test
  void everyWriteReachesAVersionThatWasThereBeforeIt() {
    indexes.openOrCreate(OLD);
    SpaceWriter writer = indexes.writer(OLD.name());
    AtomicInteger done = new AtomicInteger();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 60; i++) {
                int each = i;
                writer.upsert(space -> Optional.of(item(each, space)));
                done.incrementAndGet();
              }
            });
    while (done.get() < 20 && !writing.isDone()) {
      Thread.onSpinWait();
    }
    VectorIndex built = indexes.openOrCreate(NEW);
    int before = done.get();
    built.upsert(IntStream.range(0, before).mapToObj(i -> item(i, NEW)).toList());
    writing.join();
    writer.refresh();

    assertThat(built.size()).isEqualTo(60);
  }

  @Test
  void aFaultInOneVersionDoesNotKeepTheOthersFromTheirWrites() {
    VectorIndex old = indexes.openOrCreate(OLD);
    VectorIndex built = indexes.openOrCreate(NEW);
    SpaceWriter writer = indexes.writer(OLD.name());

    assertThatThrownBy(() -> writer.upsert(any -> Optional.of(item(1, NEW))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("i1")
        .hasMessageContaining(OLD.modelVersion());
    writer.refresh();

    assertThat(old.size()).isZero();
    assertThat(built.size()).isEqualTo(1);
  }

  @Test
  void refusesToDropTheActiveVersion() {
    indexes.openOrCreate(OLD);
    indexes.activate(OLD);
    assertThatThrownBy(() -> indexes.drop(OLD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(OLD.key());
    assertThat(indexes.active(OLD.name())).isPresent();
    indexes.drop(NEW);
  }

  @Test
  void refusesToOpenAVersionInAnotherShape() {
    indexes.openOrCreate(OLD).upsert(List.of(item(1, OLD)));
    VectorSpace wider = space(OLD.name(), OLD.modelVersion(), 4, Metric.COSINE);
    VectorSpace other = space(OLD.name(), OLD.modelVersion(), 3, Metric.INNER_PRODUCT);
    assertThatThrownBy(() -> indexes.openOrCreate(wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimension=3")
        .hasMessageContaining("dimension=4");
    assertThatThrownBy(() -> indexes.openOrCreate(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("COSINE")
        .hasMessageContaining("INNER_PRODUCT");
    assertThatThrownBy(() -> indexes.activate(wider)).isInstanceOf(IllegalArgumentException.class);
    assertThat(indexes.openOrCreate(OLD).find(ItemId.of("i1"))).isPresent();
  }
}
