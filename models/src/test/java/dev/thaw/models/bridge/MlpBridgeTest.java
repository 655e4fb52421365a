package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MlpBridgeTest {
  private static final BridgeData DATA = PlantedDomains.exclusiveOr(400, 3);
  private static final LinearBridgeTrainer RIDGE = new LinearBridgeTrainer(1);

  private static Overlap users(int rest) {
    return Overlap.of(DATA, DATA.targetModel(), user -> true).of(u -> u % 4 == 0 == (rest == 0));
  }

  private static MlpBridge fit(MiniBatches descent) {
    return new MlpBridgeTrainer(RIDGE, descent)
        .fit(DATA, users(1), DATA.targetModel(), new SplittableRandom(5));
  }

  /** On users that it was not trained with. */
  private static double error(Bridge bridge) {
    Overlap others = users(0);
    double sum = 0;
    for (int u = 0; u < others.size(); u++) {
      UserVector mapped = bridge.map(others.source(u), DATA.sourceModel());
      for (int t = 0; t < mapped.rank(); t++) {
        sum += Math.pow(mapped.get(t) - others.target(u).get(t), 2);
      }
    }
    return sum / others.size();
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(1);
    TanhNetwork network = new TanhNetwork(3, 6, 4);
    double[] parameters = random.doubles(network.parameters(), -1, 1).toArray();
    double[][] inputs = {random.doubles(3, -1, 1).toArray()};
    double[][] rests = {random.doubles(4, -1, 1).toArray()};
    FiniteDifferences.check(MlpBridgeTrainer.loss(network, inputs, rests), parameters, 0);
  }

  @Test
  void itStartsAsTheZeroMap() {
    TanhNetwork network = new TanhNetwork(3, 6, 4);
    double[] output = {1, 1, 1, 1};
    network.forward(
        network.initial(new SplittableRandom(1)), new double[] {1, -2, 3}, new double[6], output);
    assertThat(output).containsOnly(0);
  }

  @Test
  void whatNoLinearMapGivesIsLearned() {
    double linear = error(RIDGE.fit(DATA, users(1), DATA.targetModel(), new SplittableRandom(5)));
    assertThat(error(fit(new MiniBatches(3e-3, 0, 150, 20)))).isLessThan(0.5 * linear);
  }

  @Test
  void withoutEpochsItIsTheRidge() {
    History history = DATA.source().history(1);
    Bridge ridge = RIDGE.fit(DATA, users(1), DATA.targetModel(), new SplittableRandom(5));
    assertThat(fit(new MiniBatches(1e-3, 0, 0, 1)).map(history, DATA.sourceModel()))
        .isEqualTo(ridge.map(history, DATA.sourceModel()));
  }

  @Test
  void aLossThatGrowsBeyondAllBoundsIsReported() {
    assertThatThrownBy(() -> fit(new MiniBatches(1e200, 0, 10, 5)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("learning rate 1.0E200");
  }

  @Test
  void theBinaryFormMapsAlike() {
    MlpBridge bridge = fit(new MiniBatches(3e-3, 0, 20, 20));
    BinaryWriter out = new BinaryWriter();
    GatedBridge.write(bridge, out);
    Bridge read = GatedBridge.readBridge(new BinaryReader("bridge", out.toByteArray()));
    History history = DATA.source().history(2);
    assertThat(read.name()).isEqualTo("emcdr-mlp");
    assertThat(read.map(history, DATA.sourceModel()))
        .isEqualTo(bridge.map(history, DATA.sourceModel()));
    byte[] cut = Arrays.copyOf(out.toByteArray(), 40);
    assertThatThrownBy(() -> GatedBridge.readBridge(new BinaryReader("bridge", cut)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
