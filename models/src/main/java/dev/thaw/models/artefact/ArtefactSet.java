package dev.thaw.models.artefact;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.segments.SegmentModel;
import java.util.Map;
import java.util.Optional;

/** All models of one set, loaded and checked. Immutable, thread-safe. */
public final class ArtefactSet {
  private ArtefactSet() {}

  /**
   * A model with its version and where it came from.
   *
   * @param <M> the model
   */
  public record Versioned<M>(M model, String version, Provenance provenance) {}

  public String version() {
    throw new UnsupportedOperationException("not yet");
  }

  public ArtefactManifest manifest() {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<Versioned<FactorModel>> factors(DomainId domain) {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<Versioned<FactorModel>> ratings(DomainId domain) {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<Versioned<GatedBridge>> bridge(DomainId source, DomainId target) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Bridges into a domain, by source. */
  public Map<DomainId, GatedBridge> bridgesInto(DomainId target) {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<Versioned<Projection>> projection(DomainId domain) {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<Versioned<SegmentModel>> segments(DomainId domain) {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<Versioned<Popularity>> popularity(DomainId domain) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Index version of a space, such as {@code content} or {@code factors.movies}. */
  public Optional<String> indexVersion(String space) {
    throw new UnsupportedOperationException("not yet");
  }
}
