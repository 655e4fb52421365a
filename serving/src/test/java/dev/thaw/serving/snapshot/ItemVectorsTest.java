package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.gate.ContentGate;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ItemVectorsTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final float[] USER = {1};

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private final DomainCatalogue movies = catalogue.domains().iterator().next();
  private final AtomicInteger projections = new AtomicInteger();

  /** What the content index says of every item at the moment. */
  private float encoded = 1;

  private boolean complete = true;
  private final ItemVectors vectors =
      new ItemVectors(1, ContentGate.DEFAULT, movies, id -> null, this::project);

  private ProjectedRows.Row project(CatalogueItem item) {
    projections.incrementAndGet();
    return new ProjectedRows.Row(new float[] {encoded, 0}, complete);
  }

  @Test
  void aNewTextIsProjectedAgainAndItsVectorTakenUpWhenItComes() {
    put("first text");
    refresh(1);
    assertThat(vectors.score(0, USER)).isEqualTo(1);

    put("second text");
    refresh(3);
    encoded = 2;
    refresh(3);
    assertThat(vectors.score(0, USER)).isEqualTo(2);
  }

  @Test
  void theSameTextOnceMoreCostsNothingAndAChangedOneFewProjections() {
    put("text");
    refresh(1);
    put("text");
    refresh(200);
    assertThat(projections).hasValue(1);

    put("other text");
    refresh(200);
    assertThat(projections).hasValueBetween(3, 9);
  }

  @Test
  void anItemWhoseContentIsYetToComeIsTriedUntilItIsThere() {
    complete = false;
    put("text");
    refresh(10);
    assertThat(projections).hasValue(10);
    complete = true;
    encoded = 3;
    refresh(10);
    assertThat(projections).hasValue(11);
    assertThat(vectors.score(0, USER)).isEqualTo(3);
  }

  private void refresh(int times) {
    for (int i = 0; i < times; i++) {
      vectors.refresh(new long[0]);
    }
  }

  private void put(String description) {
    catalogue.put(
        new CatalogueItem(
            ItemId.of("m"),
            MOVIES,
            "Title",
            description,
            List.of(),
            Map.of(),
            true,
            Instant.EPOCH.plusSeconds(1)));
  }
}
