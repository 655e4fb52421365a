package dev.thaw.models.artefact;

import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.segments.SegmentModel;

/**
 * A kind of artefact and the type of its models.
 *
 * @param <M> the model
 */
public final class ArtefactKind<M> {
  /** Scope: domain. Ranks items. */
  public static final ArtefactKind<FactorModel> FACTORS = new ArtefactKind<>("factors");

  /** Scope: domain. Predicts ratings. */
  public static final ArtefactKind<FactorModel> RATINGS = new ArtefactKind<>("ratings");

  /** Scope: {@code source-target}, see {@link #pair}. */
  public static final ArtefactKind<GatedBridge> BRIDGE = new ArtefactKind<>("bridge");

  /** Scope: domain. */
  public static final ArtefactKind<Projection> PROJECTION = new ArtefactKind<>("projection");

  /** Scope: domain. */
  public static final ArtefactKind<SegmentModel> SEGMENTS = new ArtefactKind<>("segments");

  /** Scope: domain. */
  public static final ArtefactKind<Popularity> POPULARITY = new ArtefactKind<>("popularity");

  private final String name;

  private ArtefactKind(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
