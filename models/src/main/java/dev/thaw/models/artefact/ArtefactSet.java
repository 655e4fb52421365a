package dev.thaw.models.artefact;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.OutdatedFormatException;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.meta.Evidence;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.sequential.SequentialModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All models of one set, loaded and checked. Immutable, thread-safe. */
public final class ArtefactSet {
  private static final Logger LOG = LoggerFactory.getLogger(ArtefactSet.class);

  private final ArtefactManifest manifest;
  private final Map<String, Versioned<?>> objects;

  private ArtefactSet(ArtefactManifest manifest, Map<String, Versioned<?>> objects) {
    this.manifest = manifest;
    this.objects = Map.copyOf(objects);
  }

  static ArtefactSet load(ArtefactManifest manifest, ObjectFolders folders) {
    Map<String, Versioned<?>> objects = new HashMap<>();
    for (ArtefactRef ref : manifest.objects()) {
      Optional<ArtefactKind<?>> kind = ArtefactKind.find(ref.kind());
      if (kind.isEmpty()) {
        LOG.warn("set {} holds a {}, which this version has no use for", manifest.version(), ref);
        continue;
      }
      try {
        objects.put(ref.kind() + "/" + ref.scope(), folders.read(kind.get(), ref));
      } catch (ArtefactException e) {
        if (!(e.getCause() instanceof OutdatedFormatException)) {
          throw e;
        }
        LOG.warn("set {} goes without {}: {}", manifest.version(), ref, e.getMessage());
      }
    }
    return new ArtefactSet(manifest, objects);
  }

  /**
   * A model with its version and where it came from.
   *
   * @param <M> the model
   */
  public record Versioned<M>(M model, String version, Provenance provenance) {}

  public String version() {
    return manifest.version();
  }

  public ArtefactManifest manifest() {
    return manifest;
  }

  public Optional<Versioned<FactorModel>> factors(DomainId domain) {
    return find(ArtefactKind.FACTORS, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<FactorModel>> ratings(DomainId domain) {
    return find(ArtefactKind.RATINGS, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<GatedBridge>> bridge(DomainId source, DomainId target) {
    return find(ArtefactKind.BRIDGE, ArtefactKind.pair(source, target));
  }

  /** Bridges into a domain, enabled or not, by source. */
  public Map<DomainId, Versioned<GatedBridge>> bridgesInto(DomainId target) {
    Map<DomainId, Versioned<GatedBridge>> found = new TreeMap<>();
    for (Versioned<?> each : objects.values()) {
      if (each.model() instanceof GatedBridge gated && gated.bridge().target().equals(target)) {
        found.put(
            gated.bridge().source(), new Versioned<>(gated, each.version(), each.provenance()));
      }
    }
    return found;
  }

  public Optional<Versioned<Projection>> projection(DomainId domain) {
    return find(ArtefactKind.PROJECTION, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<SegmentModel>> segments(DomainId domain) {
    return find(ArtefactKind.SEGMENTS, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<Popularity>> popularity(DomainId domain) {
    return find(ArtefactKind.POPULARITY, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<ItemToItemEnsembles>> itemToItem(DomainId domain) {
    return find(ArtefactKind.ITEM_TO_ITEM, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<RoutingTable>> routing(DomainId domain) {
    return find(ArtefactKind.ROUTING, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<SequentialModel>> sequential(DomainId domain) {
    return find(ArtefactKind.SEQUENTIAL, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<MetaModel>> meta(DomainId domain) {
    return find(ArtefactKind.META, ArtefactKind.scope(domain));
  }

  public Optional<Versioned<Evidence>> evidence(DomainId domain) {
    return find(ArtefactKind.EVIDENCE, ArtefactKind.scope(domain));
  }

  /** Index version of a space, such as {@code content} or {@code factors.movies}. */
  public Optional<String> indexVersion(String space) {
    return Optional.ofNullable(manifest.indexes().get(space));
  }

  private <M> Optional<Versioned<M>> find(ArtefactKind<M> kind, String scope) {
    Versioned<?> found = objects.get(kind.name() + "/" + scope);
    if (found == null) {
      return Optional.empty();
    }
    M model = kind.type().cast(found.model());
    return Optional.of(new Versioned<>(model, found.version(), found.provenance()));
  }

  @Override
  public String toString() {
    return "ArtefactSet[" + manifest.version() + ", " + manifest.objects() + "]";
  }
}
