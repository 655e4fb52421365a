package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All versions of the space {@code content}. A version holds the vectors of one encoder: what this
 * encoder made goes into its own, flags and deletions into all. Not thread-safe.
 */
final class ContentSpace {
  private static final String NAME = "content";

  private final VectorIndexes indexes;
  private final SpaceWriter writer;
  private final Set<VectorSpace> opened = new HashSet<>();

  ContentSpace(VectorIndexes indexes) {
    this.indexes = indexes;
    this.writer = indexes.writer(NAME);
  }

  /** Applies the newest change of each item. */
  void apply(Collection<EncodedContent> changes) {
    List<EncodedContent> encoded = new ArrayList<>();
    List<EncodedContent> flagged = new ArrayList<>();
    List<ItemId> gone = new ArrayList<>();
    for (EncodedContent content : changes) {
      if (content.vector() != null) {
        encoded.add(content);
        open(content.vector().space());
      } else if (content.change().kind == ContentChange.Kind.FLAGS) {
        flagged.add(content);
      } else {
        gone.add(content.change().id());
      }
    }
    writer.upsertAll(
        space ->
            encoded.stream()
                .filter(content -> vectorOf(content).space().equals(space))
                .map(content -> indexed(content, vectorOf(content)))
                .toList());
    flagged.forEach(this::flag);
    if (!gone.isEmpty()) {
      writer.delete(gone);
    }
  }

  private static Embedding vectorOf(EncodedContent content) {
    return Objects.requireNonNull(content.vector());
  }

  private void flag(EncodedContent content) {
    ContentChange change = content.change();
    boolean available = Objects.requireNonNull(change.item).available();
    writer.update(change.id(), before -> before.withCold(change.cold).withAvailable(available));
  }

  /** The item with its flags of now and this vector. */
  static IndexedItem indexed(EncodedContent content, Embedding vector) {
    CatalogueItem item = Objects.requireNonNull(content.change().item);
    return new IndexedItem(
        item.itemId(), item.domain(), content.change().cold, item.available(), vector);
  }

  /** The first version of all becomes the active one. */
  private void open(VectorSpace space) {
    if (opened.add(space)) {
      indexes.openOrCreate(space);
      if (indexes.active(NAME).isEmpty()) {
        indexes.activate(space);
      }
    }
  }

  /** The item's vector in a version, given as {@code name@version}. */
  Optional<Embedding> find(String key, ItemId item) {
    if (!key.startsWith(NAME + "@")) {
      return Optional.empty();
    }
    return indexes
        .find(NAME, key.substring(NAME.length() + 1))
        .flatMap(version -> version.get(item));
  }

  void refresh() {
    writer.refresh();
  }
}
