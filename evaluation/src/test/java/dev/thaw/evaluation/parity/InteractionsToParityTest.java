package dev.thaw.evaluation.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.PlantedExperiment;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.measure.Rows;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.served.SourceDomain;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InteractionsToParityTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static Experiment experiment;
  private static ZeroOverlap domains;
  private static Evaluation.Outcome outcome;

  /** Other people's books, of the same tastes as the movies; an item's category is its taste. */
  @BeforeAll
  static void measure() {
    Experiment planted = PlantedExperiment.of(260, 1, "books");
    experiment =
        new Experiment(
            planted.target(),
            planted.scale(),
            planted.training(),
            Map.of(),
            planted.test(),
            catalogue(planted.target(), planted.training().items()),
            Map.of(),
            List.of(),
            "planted");
    SourceDomain books = planted.sources().get(BOOKS);
    domains =
        new ZeroOverlap(
            new SourceDomain(others(books.interactions()), books.scale()),
            catalogue(BOOKS, books.interactions().items()),
            planted.training(),
            planted.scale(),
            experiment.catalogue(),
            "planted");
    outcome =
        new InteractionsToParity(3, 1, 5)
            .measure(experiment, domains, Map.of(), (part, done, of) -> {});
  }

  private static Interactions others(Interactions all) {
    InteractionsBuilder others = Interactions.builder(BOOKS);
    all.items().all().forEach(others::addItem);
    for (UserId user : all.users()) {
      all.history(user)
          .entries()
          .forEach(
              entry -> others.add(new UserId("other " + user), entry.item(), entry.strength()));
    }
    return others.build();
  }

  private static Map<ItemId, CatalogueItem> catalogue(DomainId domain, ItemDictionary items) {
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    for (ItemId item : items.all()) {
      String taste = item.value().split("-", -1)[1];
      catalogue.put(
          item,
          new CatalogueItem(
              item, domain, "t", "", List.of("taste " + taste), Map.of(), true, Instant.EPOCH));
    }
    return catalogue;
  }

  private static Figures.Ranking row(List<Figures.Ranking> rows, String method, int k) {
    return rows.stream()
        .filter(row -> row.method().equals(method) && row.k() == k)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tasteLearnedElsewhereIsAheadAtFirstAndStaysWhileTheOwnModelGrows() {
    List<Figures.Ranking> rows =
        new Rows(outcome.measured(), Bootstrap.DEFAULT, 5).figures().rankings();
    int least = outcome.measured().ranked().firstKey();
    int most = outcome.measured().ranked().lastKey();
    assertThat(least).isBetween(100, 120);
    assertThat(most).isEqualTo(experiment.training().size());
    Figures.Ranking first = row(rows, LearnedElsewhere.NAME, least);
    assertThat(first.versusPopularity().low()).as("ahead of popularity").isPositive();
    assertThat(row(rows, LearnedElsewhere.NAME, most).ndcg10())
        .as("what is learned elsewhere does not see the domain grow")
        .isEqualTo(first.ndcg10());
    Figures.Ranking own = row(rows, InteractionsToParity.HERE, least);
    assertThat(own.versus())
        .filteredOn(each -> each.method().equals(LearnedElsewhere.NAME))
        .singleElement()
        .satisfies(each -> assertThat(each.difference().high()).isNegative());
    assertThat(row(rows, InteractionsToParity.HERE, most).ndcg10().mean())
        .isGreaterThan(own.ndcg10().mean());
    assertThat(outcome.chosen().get("parity"))
        .startsWith("target-only minus learned elsewhere is not below zero")
        .doesNotContain("from " + least + " interactions");
  }

  @Test
  void everyStepAsksTheSameUsers() {
    List<UserId> users = outcome.measured().ranked().values().iterator().next().get(0).users();
    for (List<RankedUsers> each : outcome.measured().ranked().values()) {
      assertThat(each).allSatisfy(method -> assertThat(method.users()).isEqualTo(users));
    }
  }

  @Test
  void aSharedUserIsRefused() {
    Experiment shared = PlantedExperiment.of(60, 1, "books");
    assertThatThrownBy(
            () ->
                new ZeroOverlap(
                    shared.sources().get(BOOKS),
                    Map.of(),
                    shared.training(),
                    shared.scale(),
                    Map.of(),
                    "planted"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is in movies and elsewhere");
  }
}
