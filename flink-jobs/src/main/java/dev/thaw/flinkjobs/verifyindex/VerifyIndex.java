package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares catalogue, rows and the indexes that serve: the version of {@code content} and those of
 * the factor spaces that the active artefact set names. Not thread-safe.
 *
 * <p>Mending writes what the store says now. A job that writes the same item in that moment may be
 * overwritten with what was right just before; the next run finds it.
 */
public final class VerifyIndex {
  private static final String CONTENT = "content";

  /**
   * What is compared.
   *
   * @param indexes its writes go through here, too
   */
  public record Parts(
      DomainDefinitions domains,
      KnownItems catalogue,
      OnlineStore store,
      VectorIndexes indexes,
      ArtefactStore artefacts) {}

  /**
   * @param domain only items of this one, if given
   * @param repair whether to mend
   * @param examples ids kept for each kind of difference
   */
  public record Asked(@Nullable DomainId domain, boolean repair, int examples) {}

  /** Told how far it is. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * @param index the index that is begun
     * @return told the number of items looked at
     */
    LongConsumer begins(String index);
  }

  private final Parts parts;
  private final Placements placements;
  private final ItemRows rows;

  public VerifyIndex(Parts parts) {
    this.parts = parts;
    this.placements = new Placements(parts.artefacts());
    this.rows = new ItemRows(parts.store());
  }

  /**
   * One report an index.
   *
   * @throws VectorIndexException if there is no index to compare though there are items, or one
   *     can't be reached
   */
  public List<IndexReport> run(Asked asked, Watcher watcher) {
    List<Truth> truths = truths(asked);
    List<IndexReport> reports = new ArrayList<>(truths.size());
    for (Truth each : truths) {
      LongConsumer progress = watcher.begins(each.index().space().key());
      reports.add(
          new IndexCheck(each, parts.catalogue(), asked.domain(), progress)
              .run(asked.repair(), asked.examples()));
    }
    return reports;
  }

  private List<Truth> truths(Asked asked) {
    Optional<ArtefactSet> set = parts.artefacts().current().map(parts.artefacts()::load);
    List<Truth> truths = new ArrayList<>();
    truths.add(new ContentTruth(content(set), rows));
    for (DomainDefinition each : parts.domains().all()) {
      if (asked.domain() == null || asked.domain().equals(each.name())) {
        set.flatMap(known -> factors(known, each.name())).ifPresent(truths::add);
      }
    }
    return truths;
  }

  private VectorIndex content(Optional<ArtefactSet> set) {
    return set.flatMap(known -> known.indexVersion(CONTENT))
        .map(version -> named(CONTENT, version))
        .or(() -> parts.indexes().active(CONTENT))
        .orElseThrow(
            () ->
                new VectorIndexException(
                    "space content has no active version; encode-items makes the first"));
  }

  private VectorIndex named(String space, String version) {
    return parts
        .indexes()
        .find(space, version)
        .orElseThrow(
            () ->
                new VectorIndexException(
                    "the active artefact set names index "
                        + space
                        + "@"
                        + version
                        + ", which is missing; train again"));
  }

  private Optional<Truth> factors(ArtefactSet set, DomainId domain) {
    return set.factors(domain)
        .map(
            factors -> {
              String space = FactorModel.spaceName(domain);
              VectorIndex index = named(space, set.indexVersion(space).orElse(factors.version()));
              Optional<ItemPlacement> placement = placements.of(domain, index.space());
              return new FactorTruth(domain, index, rows, placement, contents(placement));
            });
  }

  /** Content vectors in the space of the projection: of the row, else of the index. */
  private BiFunction<CatalogueItem, ItemRows.Rows, Optional<Embedding>> contents(
      Optional<ItemPlacement> placement) {
    Optional<VectorIndex> content =
        placement
            .map(known -> known.projection().contentSpace())
            .filter(key -> key.startsWith(CONTENT + "@"))
            .flatMap(key -> parts.indexes().find(CONTENT, key.substring(CONTENT.length() + 1)));
    return (item, row) ->
        content.flatMap(index -> row.vector(index.space()).or(() -> index.get(item.itemId())));
  }
}
