package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.VectorIndex;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the active artefact set holds for one domain; immutable but for the item vectors, which
 * follow the catalogue.
 *
 * @param enabledSources domains whose bridge into this one passed its negative-transfer gate
 * @param popularity as of training, for as long as the store has none
 */
public record DomainModels(
    @Nullable Factors factors,
    UserSegments segments,
    Set<DomainId> enabledSources,
    PopularityList popularity) {

  /** Before anything was trained. */
  public static final DomainModels NONE =
      new DomainModels(null, UserSegments.NONE, Set.of(), PopularityList.EMPTY);

  /** Source interactions at which a mapped vector is trusted half. */
  private static final double HALF_TRUST = 10;

  public DomainModels {
    enabledSources = Set.copyOf(enabledSources);
  }

  public boolean bridgeEnabled(DomainId source) {
    return enabledSources.contains(source);
  }

  /** Trust in a mapped vector, in [0, 1): grows with the history it was mapped from. */
  public double bridgeConfidence(long sourceInteractions) {
    return sourceInteractions / (sourceInteractions + HALF_TRUST);
  }

  /**
   * A factor model with the index that was made for it.
   *
   * @param space of users and items, without the bias component: what stored user vectors name
   * @param index of the gated item vectors with their bias as last component
   * @param mean mu
   */
  public record Factors(VectorSpace space, VectorIndex index, double mean, ItemVectors items) {}
}
