package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.kernel.RankingSpace;
import dev.thaw.serving.catalogue.DomainCatalogue;
import org.jspecify.annotations.Nullable;

/**
 * A bridge into the domain. Its users were mapped by a job.
 *
 * @param ranked items in the bridge's own ranking space, null where it ranks by the factors
 */
public record ServedBridge(GateDecision decision, @Nullable Ranked ranked) {

  /** Items of a ranking space. */
  public static final class Ranked implements ScoredItems {
    private final String key;
    private final RankingSpace space;
    private final CatalogueNumbers places;

    /**
     * @param key of the space, as stored beside users' vectors
     */
    Ranked(String key, RankingSpace space, DomainCatalogue catalogue) {
      this.key = key;
      this.space = space;
      this.places = new CatalogueNumbers(space.items(), space::knows, catalogue);
    }

    /** Whether a stored vector of that space and length can be ranked by. */
    public boolean admits(@Nullable String stored, float @Nullable [] vector) {
      return key.equals(stored) && vector != null && vector.length == space.rank();
    }

    /** Scores of all items by the space's numbers. O(items x rank). */
    public float[] score(float[] user) {
      float[] scores = new float[space.items().size()];
      space.score(user, scores);
      return scores;
    }

    @Override
    public boolean knows(int item) {
      return space.knows(item);
    }

    @Override
    public boolean knows(ItemId item) {
      return places.knows(item);
    }

    @Override
    public int[] numbers() {
      return places.numbers();
    }

    @Override
    public boolean hasUnknown() {
      return places.hasUnknown();
    }
  }
}
