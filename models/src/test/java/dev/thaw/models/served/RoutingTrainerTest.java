package dev.thaw.models.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.routing.Stage;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.training.PlantedChain;
import dev.thaw.models.sequential.training.SequentialTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoutingTrainerTest {
  private static RoutingTrainer trainer(RoutingPolicy policy) {
    return new RoutingTrainer(policy, new ServedTrainer(1, 3), 4, 500, TrainingProgress.SILENT);
  }

  private static RoutingPolicy always(Method... order) {
    Map<Stage, List<Method>> orders = new EnumMap<>(Stage.class);
    Arrays.stream(Stage.values()).forEach(stage -> orders.put(stage, List.of(order)));
    RoutingConfig base = RoutingConfig.DEFAULT;
    return new RoutingPolicy(
        new RoutingConfig(
            base.someFrom(),
            base.manyFrom(),
            base.minConfidence(),
            base.minSourceInteractions(),
            orders,
            base.banditSlots()));
  }

  @Test
  void whereTastesCountAMethodThatKnowsThemGoesBeforePopularity() {
    RoutingTable table = trainer(always()).fit(PlantedTastes.of(300, 0.9)).orElseThrow();
    for (int known : List.of(1, 3, 5)) {
      RoutingTable.Cell cell = table.cell(known, false).orElseThrow();
      assertThat(cell.preferred())
          .as("%d known of %s", known, table.toMap())
          .isIn(Method.ITEM_TO_ITEM, Method.FACTORS, Method.FUSED);
      assertThat(cell.users()).isBetween(200, 300);
      assertThat(cell.compared())
          .filteredOn(each -> each.method() == cell.preferred())
          .singleElement()
          .satisfies(each -> assertThat(each.difference().low()).isPositive());
    }
    assertThat(table.cell(0, false).orElseThrow().compared())
        .as("nothing is known to tell methods apart")
        .isEmpty();
    assertThat(table.cell(50, false).orElseThrow())
        .as("nobody knows so many, and what holds for fewer is not said of them")
        .satisfies(
            cell -> {
              assertThat(cell.from()).isEqualTo(50);
              assertThat(cell.users()).isZero();
              assertThat(cell.preferred()).isNull();
            });
  }

  @Test
  void whereTastesSayNothingTheConfiguredOrderStays() {
    RoutingTable table = trainer(always()).fit(PlantedTastes.of(300, 0)).orElseThrow();
    assertThat(table.cells()).isNotEmpty();
    assertThat(table.cells())
        .allSatisfy(cell -> assertThat(cell.preferred()).as("%s", cell).isNull());
  }

  @Test
  void whereTheOrderCountsASequentialModelOfTheFoldIsAmongTheMethods() {
    ServedData data =
        new ServedData(
            PlantedChain.likes(160, new SplittableRandom(4)),
            PlantedChain.SCALE,
            Map.of(),
            Map.of(),
            List.of(),
            null);
    SasrecConfig config =
        SasrecConfig.DEFAULT.withSize(16, 8, 1).withRegularisation(0.1, 0).withSteps(0.01, 32, 4);
    ServedTrainer models =
        new ServedTrainer(1, 3).with(SequentialTrainer.of(config, TrainingProgress.SILENT));
    RoutingTable table =
        new RoutingTrainer(always(), models, 4, 500, TrainingProgress.SILENT)
            .fit(data)
            .orElseThrow();
    assertThat(table.cell(3, false).orElseThrow().compared())
        .filteredOn(each -> each.method() == Method.SEQUENTIAL)
        .as("%s", table.toMap())
        .singleElement()
        .satisfies(each -> assertThat(each.difference().low()).isGreaterThan(0.1));
  }

  @Test
  void whoHasAMappedVectorHasCellsOfTheirOwn() {
    RoutingTable table = trainer(always()).fit(PlantedTastes.of(300, 0.9, "books")).orElseThrow();
    assertThat(table.cell(0, true).orElseThrow().preferred())
        .as("%s", table.toMap())
        .isEqualTo(Method.CROSS_DOMAIN);
    assertThat(table.cell(3, false).orElseThrow().users()).as("everybody has been there").isZero();
    assertThat(table.cells())
        .flatExtracting(RoutingTable.Cell::compared)
        .extracting(RoutingTable.Compared::method)
        .as("the own vector has the mapped one in it")
        .doesNotContain(Method.FACTORS);
  }

  @Test
  void theSameSeedGivesTheSameTableWhateverTheThreads() {
    ServedData data = PlantedTastes.of(200, 0.8);
    RoutingTrainer one = trainer(RoutingPolicy.standard());
    RoutingTrainer two =
        new RoutingTrainer(
            RoutingPolicy.standard(), new ServedTrainer(2, 3), 4, 500, TrainingProgress.SILENT);
    assertThat(two.fit(data)).isEqualTo(one.fit(data));
  }

  @Test
  void tooFewUsersHaveNoTable() {
    assertThat(trainer(always()).fit(PlantedTastes.of(39, 0.9))).isEmpty();
    assertThatThrownBy(
            () ->
                new RoutingTrainer(
                    always(), new ServedTrainer(1, 3), 5, 500, TrainingProgress.SILENT))
        .hasMessage("routing needs even folds >= 4 and maxUsers >= folds, were 5 and 500");
  }

  @Test
  void whoIsHeldOutStaysKnownElsewhereAlone() {
    ServedData data = PlantedTastes.of(100, 0.9, "books");
    UserId user = new UserId("u007");
    ServedData without = data.ofUsers(each -> !each.equals(user));
    assertThat(without.interactions().history(user).entries()).isEmpty();
    assertThat(without.interactions().items()).isEqualTo(data.interactions().items());
    Evidence evidence = without.evidence(user, dev.thaw.models.history.History.EMPTY);
    assertThat(evidence.sources()).hasSize(1);
  }
}
