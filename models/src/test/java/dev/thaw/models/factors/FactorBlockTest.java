package dev.thaw.models.factors;

import static dev.thaw.models.factors.PlantedRatings.SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** ALS whose rows are dealt out to blocks that exchange rows, each half-step by hand. */
class FactorBlockTest {
  private static final Interactions DATA = PlantedRatings.of(200, 60, 0.3, 1);
  private static final int SWEEPS = 5;
  private static final ImplicitAlsConfig IMPLICIT = new ImplicitAlsConfig(6, 2, 5, SWEEPS, 0.1, 2);
  private static final ExplicitAlsConfig EXPLICIT =
      new ExplicitAlsConfig(6, 2, 0.5, SWEEPS, 5, 5, 2);

  @Test
  void blocksGiveTheImplicitModelOfOneProcess() {
    Interactions positives = DATA.where(SCALE::isPositive);
    FactorModel whole =
        FactorTrainers.implicitAls(IMPLICIT, SCALE, 2, TrainingProgress.SILENT)
            .fit(positives, new Random(7));
    for (int blocks : List.of(1, 5)) {
      ItemBlocks trained = train(positives, AlsParameters.of(IMPLICIT), blocks);
      equal(trained.model(AlsParameters.of(IMPLICIT), SCALE), whole);
      assertThat(trained.popularity()).isEqualTo(Popularity.of(positives));
    }
  }

  @Test
  void blocksGiveTheExplicitModelOfOneProcess() {
    FactorModel whole =
        FactorTrainers.explicitAls(EXPLICIT, SCALE, 2, TrainingProgress.SILENT)
            .fit(DATA, new Random(7));
    for (int blocks : List.of(1, 5)) {
      AlsParameters parameters = AlsParameters.of(EXPLICIT);
      equal(train(DATA, parameters, blocks).model(parameters, SCALE), whole);
    }
  }

  private static void equal(FactorModel model, FactorModel whole) {
    assertThat(model.items()).isEqualTo(whole.items());
    assertThat(model.kind()).isEqualTo(whole.kind());
    assertThat(model.mean()).isCloseTo(whole.mean(), within(1e-9));
    assertThat(model.foldInParameters().lambda())
        .isCloseTo(whole.foldInParameters().lambda(), within(1e-9));
    for (int i = 0; i < whole.items().size(); i++) {
      assertThat(model.indexVector(i)).containsExactly(whole.indexVector(i), within(1e-5f));
      assertThat(model.biases().itemBias(i)).isCloseTo(whole.biases().itemBias(i), within(1e-6));
    }
  }

  @Test
  void aBlockRefusesRowsThatItHasNotAskedFor() {
    FactorBlock users = UserRatings.of(0, DATA, 1).block().begin(AlsParameters.of(EXPLICIT), 1);
    try (RowTasks tasks = new RowTasks(1)) {
      assertThatThrownBy(
              () -> users.solve(AlsParameters.of(EXPLICIT), List.of(), new float[12], tasks))
          .hasMessageContaining("needs 60 rows of 6 numbers from the other side, had 12 numbers");
    }
  }

  private static ItemBlocks train(Interactions data, AlsParameters parameters, int blocks) {
    List<FactorBlock> users = new ArrayList<>();
    List<List<RatingShare>> shares = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      shares.add(new ArrayList<>());
    }
    ToIntFunction<String> blockOf = id -> FactorBlock.of(id, blocks);
    for (int b = 0; b < blocks; b++) {
      int block = b;
      UserRatings ratings =
          UserRatings.of(b, only(data, u -> blockOf.applyAsInt(u) == block), blocks);
      users.add(ratings.block());
      ratings
          .shares()
          .forEach(share -> shares.get(blockOf.applyAsInt(share.items()[0])).add(share));
    }
    List<FactorBlock> items = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      items.add(ItemRatings.of(b, shares.get(b), blocks));
    }
    double[] totals = sum(users.stream().map(FactorBlock::totals).toList());
    double mean = totals[0] / totals[1];
    items.replaceAll(block -> block.withItemBiases(mean, parameters.itemShrinkage()));
    List<FactorBlock> biased = List.copyOf(items);
    users.replaceAll(
        block -> block.withUserBiases(mean, biases(biased, block), parameters.userShrinkage()));
    if (parameters.kind() == FactorKind.EXPLICIT) {
      double[] squares = sum(users.stream().map(FactorBlock::squares).toList());
      users.replaceAll(block -> block.withUnit(squares));
      items.replaceAll(block -> block.withUnit(squares));
    }
    items.replaceAll(block -> block.withFixedBiases(biases(users, block)));
    users.replaceAll(block -> block.begin(parameters, new Random(7).nextLong()));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      items.replaceAll(block -> step(block, users, parameters));
      users.replaceAll(block -> step(block, items, parameters));
    }
    return ItemBlocks.of(data.domain(), items.stream().map(FactorBlock::trained).toList());
  }

  private static Interactions only(Interactions data, java.util.function.Predicate<String> users) {
    var builder = Interactions.builder(data.domain());
    for (int u = 0; u < data.users().size(); u++) {
      if (users.test(data.users().get(u).value())) {
        // a block knows the items that its users have met, liked or not
        DATA.history(data.users().get(u)).entries().forEach(entry -> builder.addItem(entry.item()));
        builder.addUser(data.users().get(u));
        for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
          builder.add(
              data.users().get(u), data.items().get(data.rowItem(at)), data.rowStrength(at));
        }
      }
    }
    return builder.build();
  }

  private static double[] sum(List<double[]> parts) {
    double[] sum = new double[2];
    for (double[] part : parts) {
      sum[0] += part[0];
      sum[1] += part[1];
    }
    return sum;
  }

  private static double[] biases(List<FactorBlock> senders, FactorBlock to) {
    return senders.stream()
        .flatMapToDouble(from -> java.util.Arrays.stream(from.biasesFor(to.number())))
        .toArray();
  }

  private static FactorBlock step(
      FactorBlock block, List<FactorBlock> senders, AlsParameters parameters) {
    float[] fixed = new float[block.entries().columns() * parameters.rank()];
    int at = 0;
    List<double[]> grams = new ArrayList<>();
    for (FactorBlock from : senders) {
      SentFactors sent =
          from.factorsFor(other -> other % 2 == block.number() % 2, parameters.rank());
      sent.copy(block.number(), parameters.rank(), fixed, at);
      at += sent.rowsFor(block.number()) * parameters.rank();
      grams.add(from.gram(parameters));
    }
    try (RowTasks tasks = new RowTasks(1)) {
      return block.solve(parameters, grams, fixed, tasks);
    }
  }
}
