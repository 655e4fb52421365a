package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.projection.ProjectionData;
import dev.thaw.models.projection.ProjectionTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small trained models: users like the items of one letter. */
public final class TestModels {
  private static final List<String> TITLES = List.of("aaaa", "bbbb", "cccc", "dddd");

  /** Item {@code i3}: all of its likes came after all others, so that it is new in training. */
  private static final int LATE = 3;

  private TestModels() {}

  /**
   * A model of a domain as an index version names it.
   *
   * @param version of the index
   */
  public record Placed(String version, ItemPlacement placement) {}

  /** Title of a trained item; item {@code i<n>} is of letter {@code n % 4}. */
  public static String title(int item) {
    return TITLES.get(item % TITLES.size());
  }

  /** Trains by a seed, and writes both artefacts. */
  public static Placed train(ArtefactStore store, DomainId domain, long seed) {
    Interactions interactions = interactions(domain);
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    Map<ItemId, Embedding> content = new HashMap<>();
    for (int n = 0; n < 80; n++) {
      CatalogueItem item = TestItems.item("i" + n, domain, title(n), Map.of(), true, Duration.ZERO);
      catalogue.put(item.itemId(), item);
      content.put(item.itemId(), LettersEncoder.encode(title(n)).orElseThrow());
    }
    FactorModel factors =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(4, 10, 4, 8, 0),
                new RatingScale(1, 5, 4),
                1,
                TrainingProgress.SILENT)
            .fit(interactions, new SplittableRandom(seed));
    Projection projection =
        new ProjectionTrainer()
            .fit(
                new ProjectionData(interactions, factors, catalogue, content),
                new SplittableRandom(seed));
    Provenance provenance =
        new Provenance("test", Map.of(), interactions.dataHash(), seed, "test", Map.of());
    String version =
        Placements.indexVersion(
            store.write(ArtefactKind.FACTORS, factors, provenance).version(),
            store.write(ArtefactKind.PROJECTION, projection, provenance).version());
    return new Placed(version, new ItemPlacement(factors, projection));
  }

  private static Interactions interactions(DomainId domain) {
    SplittableRandom random = new SplittableRandom(6);
    InteractionsBuilder interactions = Interactions.builder(domain);
    for (int u = 0; u < 120; u++) {
      int letter = random.nextInt(TITLES.size());
      for (int n = 0; n < 8; n++) {
        int item = 4 * random.nextInt(20) + letter;
        interactions.add(new UserId("u" + u), new ItemId("i" + item), 5, item == LATE ? 1_000 : u);
      }
    }
    return interactions.build();
  }
}
