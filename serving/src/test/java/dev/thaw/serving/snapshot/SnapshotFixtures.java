package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.util.Map;

/** Opens the builder of ranks to tests of other packages. */
public final class SnapshotFixtures {
  private SnapshotFixtures() {}

  public static DomainRanks ranks(
      DomainCatalogue catalogue, PopularityList everyone, Map<String, PopularityList> segments) {
    return new RanksBuilder(catalogue)
        .build(
            everyone,
            segments,
            new long[0],
            new Posteriors(
                Map.of(Assignment.NONE, PosteriorSnapshot.EMPTY), Map.of(), Map.of(), Map.of()));
  }

  public static LikedTogether together(ItemToItemEnsembles model, DomainCatalogue catalogue) {
    return new LikedTogether(model, catalogue);
  }
}
