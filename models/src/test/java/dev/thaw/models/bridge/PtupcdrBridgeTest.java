package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PtupcdrBridgeTest {
  private static final BridgeData DATA = PlantedDomains.exclusiveOr(400, 3);
  private static final LinearBridgeTrainer RIDGE = new LinearBridgeTrainer(1);
  private static final MiniBatches LONG = new MiniBatches(3e-3, 0, 40, 10);
  private static final int RANK = 3;

  private static PtupcdrBridge fit(double pull, MiniBatches descent) {
    Overlap most = Overlap.of(DATA, DATA.targetModel(), user -> true).of(u -> u % 4 != 0);
    return new PtupcdrTrainer(RIDGE, 8, pull, descent)
        .fit(DATA, most, DATA.targetModel(), new SplittableRandom(5));
  }

  /** Mean softmax loss of users that it was not trained with. */
  private static double loss(Bridge bridge) {
    Overlap others = Overlap.of(DATA, DATA.targetModel(), user -> true).of(u -> u % 4 == 0);
    TargetItems items = TargetItems.of(DATA.targetModel()).withTemperature(4);
    double sum = 0;
    for (int u = 0; u < others.size(); u++) {
      UserVector mapped = bridge.map(others.source(u), DATA.sourceModel());
      History liked = DATA.target().history(others.user(u));
      sum +=
          SoftmaxLoss.of(items, DATA.targetModel(), liked)
              .of(Parameters.toDoubles(mapped.vector()), new double[mapped.rank()]);
    }
    return sum / others.size();
  }

  private static double[][] vectors(int n, SplittableRandom random) {
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      vectors[i] = random.doubles(RANK, -1, 1).toArray();
    }
    return vectors;
  }

  private static void checkGradient(int liked, TargetLoss loss) {
    SplittableRandom random = new SplittableRandom(6);
    PtupcdrNetwork network = new PtupcdrNetwork(RANK, 5, DATA.targetModel().rank());
    double[] parameters = random.doubles(network.parameters(), -1, 1).toArray();
    PersonalExample example =
        new PersonalExample(
            vectors(liked, random),
            vectors(1, random)[0],
            random.doubles(network.out(), -1, 1).toArray(),
            loss);
    FiniteDifferences.check(
        PersonalExample.loss(network, new PersonalExample[] {example}, 0.7, 0.3), parameters, 0);
  }

  @Test
  void theGradientOfTheSoftmaxIsThatOfFiniteDifferences() {
    TargetItems items = TargetItems.of(DATA.targetModel()).withTemperature(3);
    History liked = DATA.target().history(0);
    checkGradient(4, SoftmaxLoss.of(items, DATA.targetModel(), liked));
  }

  @Test
  void theGradientOfRatingsIsThatOfFiniteDifferences() {
    var ratings = PlantedDomains.explicit(DATA.target());
    History rated = DATA.target().history(0);
    checkGradient(4, SquaredRatingLoss.of(TargetItems.of(DATA.targetModel()), ratings, rated, 0.2));
  }

  @Test
  void whoLikedNothingGetsTheSharedBridge() {
    PtupcdrBridge bridge = fit(1e-3, LONG);
    assertThat(bridge.map(History.EMPTY, DATA.sourceModel()))
        .isEqualTo(bridge.shared().map(History.EMPTY, DATA.sourceModel()));
  }

  @Test
  void tastesThatOnlyTheirProductTellsAreLearned() {
    PtupcdrBridge bridge = fit(1e-3, LONG);
    assertThat(loss(bridge)).isLessThan(loss(bridge.shared()) - 0.2);
  }

  @Test
  void aStrongPullLeavesTheSharedBridge() {
    History history = DATA.source().history(2);
    PtupcdrBridge free = fit(1e-3, LONG);
    PtupcdrBridge held = fit(1e4, LONG);
    assertThat(distance(held, history)).isLessThan(0.1 * distance(free, history));
  }

  private static double distance(PtupcdrBridge bridge, History history) {
    UserVector own = bridge.map(history, DATA.sourceModel());
    UserVector shared = bridge.shared().map(history, DATA.sourceModel());
    double sum = 0;
    for (int t = 0; t < own.rank(); t++) {
      sum += Math.abs(own.get(t) - shared.get(t));
    }
    return sum;
  }

  @Test
  void theOrderOfAHistoryMakesNoDifference() {
    PtupcdrBridge bridge = fit(1e-3, LONG);
    History history = DATA.source().history(2);
    var reversed = new java.util.ArrayList<>(history.entries());
    java.util.Collections.reverse(reversed);
    UserVector there = bridge.map(history, DATA.sourceModel());
    UserVector back = bridge.map(new History(reversed.size(), reversed), DATA.sourceModel());
    for (int t = 0; t < there.rank(); t++) {
      assertThat(back.get(t))
          .isCloseTo(there.get(t), org.assertj.core.api.Assertions.within(1e-4f));
    }
  }

  @Test
  void theBinaryFormMapsAlike() {
    PtupcdrBridge bridge = fit(1e-3, new MiniBatches(3e-3, 0, 3, 3));
    BinaryWriter out = new BinaryWriter();
    GatedBridge.write(bridge, out);
    Bridge read = GatedBridge.readBridge(new BinaryReader("bridge", out.toByteArray()));
    History history = DATA.source().history(2);
    assertThat(read.name()).isEqualTo("ptupcdr");
    assertThat(read.map(history, DATA.sourceModel()))
        .isEqualTo(bridge.map(history, DATA.sourceModel()));
  }
}
