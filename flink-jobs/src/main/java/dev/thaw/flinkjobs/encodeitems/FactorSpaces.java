package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the factor spaces of all domains up to date between trainings: a changed item is placed
 * anew in every version there is, the one that serves and one being built, each by its own model.
 * Not thread-safe.
 */
final class FactorSpaces {
  private final DomainDefinitions domains;
  private final VectorIndexes indexes;
  private final Placements placements;
  private final ContentSpace contents;

  FactorSpaces(
      DomainDefinitions domains,
      VectorIndexes indexes,
      Placements placements,
      ContentSpace contents) {
    this.domains = domains;
    this.indexes = indexes;
    this.placements = placements;
    this.contents = contents;
  }

  /** Applies the newest change of each item. */
  void apply(Collection<EncodedContent> changes) {
    List<VectorSpace> versions = new ArrayList<>();
    for (DomainDefinition each : domains.all()) {
      List<VectorSpace> ofDomain = indexes.versions(FactorModel.spaceName(each.name()));
      if (!ofDomain.isEmpty()) {
        versions.addAll(ofDomain);
        apply(each.name(), changes);
      }
    }
    placements.keepOnly(versions);
  }

  private void apply(DomainId domain, Collection<EncodedContent> changes) {
    List<EncodedContent> here = new ArrayList<>();
    List<ItemId> gone = new ArrayList<>();
    for (EncodedContent content : changes) {
      CatalogueItem item = content.change().item;
      if (item != null && item.domain().equals(domain)) {
        here.add(content);
      } else if (item == null || content.change().left.equals(domain.value())) {
        gone.add(content.change().id());
      }
    }
    SpaceWriter writer = indexes.writer(FactorModel.spaceName(domain));
    if (!here.isEmpty()) {
      writer.upsertAll(
          space ->
              placements
                  .of(domain, space)
                  .map(placement -> placed(here, placement, space))
                  .orElse(List.of()));
    }
    if (!gone.isEmpty()) {
      writer.delete(gone);
    }
  }

  private List<IndexedItem> placed(
      List<EncodedContent> changes, ItemPlacement placement, VectorSpace space) {
    List<IndexedItem> items = new ArrayList<>(changes.size());
    for (EncodedContent content : changes) {
      CatalogueItem item = Objects.requireNonNull(content.change().item);
      float[] vector = placement.place(item, contentOf(content, placement));
      items.add(ContentSpace.indexed(content, Embedding.copyOf(space, vector)));
    }
    return items;
  }

  private @Nullable Embedding contentOf(EncodedContent content, ItemPlacement placement) {
    Embedding fresh = content.vector();
    String wanted = placement.projection().contentSpace();
    if (fresh != null && fresh.space().key().equals(wanted)) {
      return fresh;
    }
    return contents.find(wanted, content.change().id()).orElse(null);
  }

  void refresh() {
    for (DomainDefinition each : domains.all()) {
      String space = FactorModel.spaceName(each.name());
      if (!indexes.versions(space).isEmpty()) {
        indexes.writer(space).refresh();
      }
    }
  }
}
