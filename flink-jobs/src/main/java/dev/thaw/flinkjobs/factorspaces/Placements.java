package dev.thaw.flinkjobs.factorspaces;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.artefact.ArtefactException;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.models.projection.Projection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The placement of items in each version of the factor indexes, from the two artefacts that a
 * version's name names. Each is loaded once. Not thread-safe.
 */
public final class Placements {
  private static final Logger LOG = LoggerFactory.getLogger(Placements.class);
  private static final char SEPARATOR = '-';

  private final ArtefactStore store;
  private final Map<VectorSpace, Optional<ItemPlacement>> known = new HashMap<>();

  public Placements(ArtefactStore store) {
    this.store = store;
  }

  /** Name of the index version that places items by these two artefacts. */
  public static String indexVersion(String factorsVersion, String projectionVersion) {
    return factorsVersion + SEPARATOR + projectionVersion;
  }

  /** Empty where the artefacts are gone or damaged, or the version was named by somebody else. */
  public Optional<ItemPlacement> of(DomainId domain, VectorSpace space) {
    return known.computeIfAbsent(space, wanted -> load(domain, wanted));
  }

  /** Forgets all but these. */
  public void keepOnly(Collection<VectorSpace> spaces) {
    known.keySet().retainAll(spaces);
  }

  private Optional<ItemPlacement> load(DomainId domain, VectorSpace space) {
    String version = space.modelVersion();
    int at = version.indexOf(SEPARATOR);
    String reason = "its name is not of two artefacts";
    if (at > 0 && at < version.length() - 1) {
      try {
        Optional<ItemPlacement> placement =
            placement(domain, version.substring(0, at), version.substring(at + 1));
        if (placement.isPresent() && space.equals(placement.get().factors().indexSpace(version))) {
          return placement;
        }
        reason = placement.isPresent() ? "they make another space" : "its artefacts are gone";
      } catch (ArtefactException | IllegalArgumentException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    LOG.warn("items can't be placed in index {}: {}", space, reason);
    return Optional.empty();
  }

  private Optional<ItemPlacement> placement(DomainId domain, String factors, String projection) {
    return read(ArtefactKind.FACTORS, domain, factors)
        .flatMap(
            (FactorModel model) ->
                read(ArtefactKind.PROJECTION, domain, projection)
                    .map((Projection map) -> new ItemPlacement(model, map)));
  }

  private <M> Optional<M> read(ArtefactKind<M> kind, DomainId domain, String version) {
    return store
        .find(kind, ArtefactKind.scope(domain), version)
        .map(ref -> store.read(kind, ref).model());
  }
}
