package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.projection.PlacedItems;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.vectorindex.VectorIndexException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourhoodsTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final Assignment USUAL = new Assignment("priors", "usual");
  private static final Assignment BOLDER = new Assignment("priors", "bolder");
  private static final float[] EAST = {1, 0, 0};
  private static final float[] NORTH = {0, 1, 0};

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private final DomainCatalogue movies = catalogue.domains().iterator().next();
  private final Map<ItemId, float[]> rows = new HashMap<>();
  private final Map<ItemId, ArmEvidence> shown = new HashMap<>();
  private final ItemVectors vectors =
      new ItemVectors(2, PlacedItems.NONE, movies, id -> null, this::project);
  private final Neighbourhoods neighbourhoods = follow(Set.of(Assignment.NONE));
  private boolean readable = true;

  private Map<ItemId, ProjectedRows.Row> project(List<CatalogueItem> items) {
    if (!readable) {
      throw new VectorIndexException("connection refused");
    }
    Map<ItemId, ProjectedRows.Row> projected = new HashMap<>();
    for (CatalogueItem each : items) {
      float[] row = rows.get(each.itemId());
      if (row != null) {
        projected.put(each.itemId(), new ProjectedRows.Row(row, true));
      }
    }
    return projected;
  }

  private Neighbourhoods follow(Set<Assignment> configurations) {
    return follow(configurations, NeighbourPriors.DEFAULT);
  }

  private Neighbourhoods follow(Set<Assignment> configurations, NeighbourPriors priors) {
    Neighbourhoods made = new Neighbourhoods(movies, configurations, priors);
    assertThat(made.follow(vectors)).isTrue();
    assertThat(made.follow(vectors)).as("the same again").isFalse();
    return made;
  }

  /** Two that earn well lie east, two that don't north. */
  @BeforeEach
  void show() {
    shown("good1", EAST, 300, 90);
    shown("good2", new float[] {3, 0.1f, 5}, 100, 30);
    shown("bad1", NORTH, 300, 3);
    shown("bad2", new float[] {0.1f, 3, 5}, 100, 1);
  }

  private void shown(String name, float[] row, double impressions, double rewards) {
    put(name, row);
    shown.put(ItemId.of(name), new ArmEvidence(impressions, rewards));
  }

  private void put(String name, float[] row) {
    put(name, "Title", true, 1);
    rows.put(ItemId.of(name), row);
  }

  private void put(String name, String title, boolean available, int time) {
    catalogue.put(
        new CatalogueItem(
            ItemId.of(name),
            MOVIES,
            title,
            "",
            List.of(),
            Map.of(),
            available,
            Instant.ofEpochSecond(time)));
  }

  private AssumedRates rates() {
    return rates(neighbourhoods);
  }

  private AssumedRates rates(Neighbourhoods of) {
    int made = vectors.refresh();
    assertThat(made).isNotNegative();
    return Objects.requireNonNull(
        of.rates(Map.of(Assignment.NONE, snapshot(shown))).get(Assignment.NONE));
  }

  private static PosteriorSnapshot snapshot(Map<ItemId, ArmEvidence> evidence) {
    return new PosteriorSnapshot("any", evidence);
  }

  private static double rate(AssumedRates rates, String item) {
    return rates.of(ItemId.of(item)).orElseThrow().rate();
  }

  @Test
  void whatLiesNearWellEarningItemsIsAssumedToEarnWell() {
    put("east", new float[] {2, 0, 0});
    put("north", new float[] {0, 2, 0});
    put("between", new float[] {1, 1, 0});
    AssumedRates rates = rates();
    double base = DomainRanks.rewardRate(snapshot(shown));
    assertThat(rate(rates, "east")).isGreaterThan(1.5 * base);
    assertThat(rate(rates, "north")).isLessThan(base / 2);
    assertThat(rate(rates, "between")).isBetween(0.75 * base, 1.25 * base);
    // both of the east count 1 and almost 1, those of the north almost nothing
    assertThat(rate(rates, "east")).isCloseTo((20 * base + 200 * 0.3) / 220, within(0.005));
    assertThat(rates.of(ItemId.of("east")).orElseThrow().neighbours())
        .startsWith(ItemId.of("good1"), ItemId.of("good2"))
        .doesNotContain(ItemId.of("bad1"));
  }

  @Test
  void itemsThatHaveShownThemselvesAreNotJudgedByOthers() {
    shown("known", EAST, NeighbourPriors.DEFAULT.few(), 0);
    shown("hardly", EAST, NeighbourPriors.DEFAULT.few() - 1, 0);
    AssumedRates rates = rates();
    assertThat(rates.rates().keySet())
        .containsExactlyInAnyOrder(ItemId.of("hardly"), ItemId.of("good2"), ItemId.of("bad2"));
    assertThat(rates.lacking()).isZero();
  }

  @Test
  void withoutMetadataVectorOrDirectionThereIsNothingToJudgeBy() {
    put("blank", "", true, 1);
    rows.put(ItemId.of("blank"), EAST);
    put("unplaced", "Title", true, 1);
    put("nowhere", new float[] {0, 0, 4});
    put("away", new float[] {-1, -1, 0});
    AssumedRates rates = rates();
    for (String each : List.of("blank", "unplaced", "nowhere", "away")) {
      assertThat(rates.of(ItemId.of(each))).as(each).isEmpty();
    }
    assertThat(rates.lacking()).isEqualTo(4);
  }

  @Test
  void anItemWhoseNeighbourIsItselfAloneHasNone() {
    shown.clear();
    shown("alone", EAST, 50, 25);
    put("other", EAST);
    AssumedRates rates = rates();
    assertThat(rates.of(ItemId.of("alone"))).isEmpty();
    assertThat(rates.of(ItemId.of("other")).orElseThrow().earned())
        .isEqualTo(new ArmEvidence(50, 25));
  }

  @Test
  void whatIsGoneTeachesOthersAndIsAskedAboutNoMore() {
    put("east", EAST);
    put("good1", "Title", false, 2);
    put("good2", "Title", false, 2);
    AssumedRates rates = rates();
    assertThat(rates.of(ItemId.of("good2"))).isEmpty();
    assertThat(rate(rates, "east")).isGreaterThan(0.2);
  }

  @Test
  void eachConfigurationJudgesByWhatItHasLearnedItself() {
    put("east", EAST);
    Neighbourhoods both = follow(Set.of(USUAL, BOLDER));
    vectors.refresh();
    Map<Assignment, AssumedRates> rates =
        both.rates(
            Map.of(
                Assignment.NONE,
                snapshot(shown),
                USUAL,
                snapshot(Map.of(ItemId.of("good1"), new ArmEvidence(100, 80))),
                BOLDER,
                snapshot(Map.of(ItemId.of("good1"), new ArmEvidence(100, 1)))));
    assertThat(rates).containsOnlyKeys(USUAL, BOLDER);
    double base = DomainRanks.rewardRate(snapshot(shown));
    assertThat(rate(Objects.requireNonNull(rates.get(USUAL)), "east"))
        .isCloseTo((20 * base + 80) / 120, within(1e-6));
    assertThat(rate(Objects.requireNonNull(rates.get(BOLDER)), "east"))
        .isCloseTo((20 * base + 1) / 120, within(1e-6));
    assertThat(new Neighbourhoods(movies, Set.of(), NeighbourPriors.DEFAULT).rates(Map.of()))
        .isEmpty();
  }

  @Test
  void ratesAreNamedTogetherWithTheCountsTheyStandBeside() {
    put("east", EAST);
    String before = rates().version("counts");
    assertThat(before).hasSize(32).isNotEqualTo(rates().version("other counts"));
    assertThat(rates(follow(Set.of(Assignment.NONE))).version("counts"))
        .as("by another server")
        .isEqualTo(before);
    rows.put(ItemId.of("east"), NORTH);
    put("east", "Another title", true, 2);
    assertThat(rates().version("counts")).isNotEqualTo(before);
  }

  /** What is kept from one refresh to the next must not be seen, nor where its bounds are. */
  @ParameterizedTest
  @CsvSource({"20, 1000, 10000, 8", "2, 5, 6, 3"})
  void whoFollowsEveryChangeAssumesWhatAFreshServerDoes(
      int nearest, int arms, int items, int some) {
    NeighbourPriors priors =
        new NeighbourPriors(nearest, 200, arms, items, NeighbourPriors.DEFAULT.related());
    Set<Assignment> all = Set.of(Assignment.NONE);
    Neighbourhoods following = follow(all, priors);
    SplittableRandom random = new SplittableRandom(3);
    for (int step = 0; step < 80; step++) {
      String name = "i" + random.nextInt(15);
      if (random.nextBoolean()) {
        put(name, new float[] {(float) random.nextGaussian(), (float) random.nextGaussian(), 0});
        put(name, "Title " + step, true, 2 + step);
      } else {
        int impressions = random.nextInt(300);
        shown.put(ItemId.of(name), new ArmEvidence(impressions, impressions / 3.0));
      }
      assertThat(rates(following)).isEqualTo(rates(follow(all, priors)));
    }
    assertThat(rates(following).rates().size()).isBetween(some, items);
  }

  @Test
  void whileTheIndexIsAwayNewItemsHaveTheDomainsRateAndTheOthersTheirs() {
    put("before", EAST);
    double known = rate(rates(), "before");
    readable = false;
    put("new", EAST);
    AssumedRates away = rates();
    assertThat(away.of(ItemId.of("new"))).isEmpty();
    assertThat(rate(away, "before")).isEqualTo(known);
    assertThat(away.lacking()).isEqualTo(1);
    readable = true;
    AssumedRates back = rates();
    assertThat(rate(back, "new")).isEqualTo(known);
    assertThat(back.lacking()).isZero();
  }
}
