package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.artefact.ArtefactException;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.meta.Evidence;
import dev.thaw.models.meta.EvidenceCandidates;
import dev.thaw.models.projection.PlacedItems;
import dev.thaw.models.projection.Projection;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loaded artefact set, the indexes it names and the catalogue to an {@link ActiveSet}. */
final class ActiveSetBuilder {
  static final String CONTENT = "content";

  private final Catalogue catalogue;
  private final VectorIndexes indexes;

  ActiveSetBuilder(Catalogue catalogue, VectorIndexes indexes) {
    this.catalogue = catalogue;
    this.indexes = indexes;
  }

  /**
   * Makes every item's vector before it returns.
   *
   * @throws ArtefactException if an index the set names is missing or of another space
   */
  ActiveSet build(ArtefactSet set) {
    VectorIndex content = content(set);
    Map<DomainId, DomainModels> domains = new HashMap<>();
    for (DomainCatalogue each : catalogue.domains()) {
      domains.put(each.domain(), domain(set, each, content));
    }
    return new ActiveSet(set.version(), domains, content);
  }

  private @Nullable VectorIndex content(ArtefactSet set) {
    Optional<String> version = set.indexVersion(CONTENT);
    return version.isEmpty()
        ? indexes.active(CONTENT).orElse(null)
        : indexes
            .find(CONTENT, version.get())
            .orElseThrow(() -> missing(set, CONTENT, version.get()));
  }

  private DomainModels domain(
      ArtefactSet set, DomainCatalogue domain, @Nullable VectorIndex content) {
    Map<DomainId, ServedBridge> bridges = new HashMap<>();
    set.bridgesInto(domain.domain())
        .forEach((source, bridge) -> bridges.put(source, served(bridge, domain)));
    return new DomainModels(
        set.factors(domain.domain())
            .map(factors -> factors(set, factors, domain, content))
            .orElse(null),
        set.itemToItem(domain.domain())
            .map(itemToItem -> new LikedTogether(itemToItem.model(), domain))
            .orElse(null),
        set.segments(domain.domain()).map(ArtefactSet.Versioned::model).orElse(null),
        bridges,
        set.popularity(domain.domain())
            .map(popularity -> PopularityList.of(popularity.model()))
            .orElse(PopularityList.EMPTY),
        set.routing(domain.domain()).map(ArtefactSet.Versioned::model).orElse(null),
        set.meta(domain.domain()).map(ArtefactSet.Versioned::model).orElse(null),
        set.sequential(domain.domain()).map(ArtefactSet.Versioned::model).orElse(null),
        set.evidence(domain.domain()).map(each -> asked(each.model())).orElse(List.of()));
  }

  private static ServedBridge served(
      ArtefactSet.Versioned<GatedBridge> bridge, DomainCatalogue domain) {
    GatedBridge model = bridge.model();
    return new ServedBridge(
        model.decision(),
        model
            .rankingSpace(bridge.version())
            .map(
                space ->
                    new ServedBridge.Ranked(
                        space.key(), model.rankingSpace().orElseThrow(), domain))
            .orElse(null));
  }

  private static List<ItemId> asked(Evidence evidence) {
    return evidence.candidates().stream().map(EvidenceCandidates.Candidate::item).toList();
  }

  private DomainModels.Factors factors(
      ArtefactSet set,
      ArtefactSet.Versioned<FactorModel> factors,
      DomainCatalogue domain,
      @Nullable VectorIndex content) {
    FactorModel model = factors.model();
    String space = FactorModel.spaceName(domain.domain());
    String version = set.indexVersion(space).orElse(factors.version());
    VectorIndex index =
        indexes.find(space, version).orElseThrow(() -> missing(set, space, version));
    VectorSpace wanted = model.indexSpace(version);
    if (!index.space().equals(wanted)) {
      throw new ArtefactException(
          "set " + set.version() + " needs index " + wanted + ", there is " + index.space());
    }
    Projection projection =
        set.projection(domain.domain()).map(ArtefactSet.Versioned::model).orElse(null);
    if (projection != null && projection.rank() != model.rank()) {
      throw new ArtefactException(
          "set "
              + set.version()
              + " has a projection of rank "
              + projection.rank()
              + " beside factors of rank "
              + model.rank()
              + " in "
              + domain.domain());
    }
    ItemVectors items =
        new ItemVectors(
            model.rank(),
            projection == null ? PlacedItems.NONE : projection.placed(),
            domain,
            model::indexVector,
            new ProjectedRows(projection, content)::of);
    items.refresh();
    return new DomainModels.Factors(model, model.userSpace(factors.version()), index, items);
  }

  private static ArtefactException missing(ArtefactSet set, String space, String version) {
    return new ArtefactException(
        "set " + set.version() + " needs index " + space + "@" + version + ", which is missing");
  }
}
