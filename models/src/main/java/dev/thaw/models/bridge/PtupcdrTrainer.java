package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Trains the meta network alone, on the loss in the target (PTUPCDR, Zhu et al., WSDM 2022, eq. 9):
 * factors stay as they are, the shared bridge is cross-fitted. Each user is met with the whole
 * source history and with random parts of it, so that short histories are known, too. Training
 * stops by users kept apart.
 *
 * @param shared trainer of the bridge it starts from
 * @param hidden width of the meta network
 * @param pull towards the shared bridge, see {@link PersonalExample}
 */
record PtupcdrTrainer(BridgeCandidate shared, int hidden, double pull, MiniBatches descent)
    implements BridgeCandidate {
  private static final MiniBatches DESCENT = new MiniBatches(1e-4, 1e-4, 30, 3);
  private static final int HIDDEN = 8;
  private static final double PULL = 0.01;

  private static final double STOPPING = 0.15;

  /** Of a user: the whole history first, then a part. */
  private static final int VIEWS = 2;

  /** That the network learns from; the shared bridge has its own bound. */
  private static final int MAX_USERS = 3_000;

  private static final double[] TEMPERATURES = {1, 2, 4, 8, 16, 32};

  /** With the parameters that did best on held-out users of the Amazon domains. */
  static PtupcdrTrainer on(BridgeCandidate shared) {
    return new PtupcdrTrainer(shared, HIDDEN, PULL, DESCENT);
  }

  @Override
  public PtupcdrBridge fit(
      BridgeData data, Overlap all, FactorModel targetModel, RandomGenerator random) {
    Overlap overlap = all.spread(MAX_USERS);
    FactorModel sourceModel = data.sourceModel();
    CrossFitted crossFitted = CrossFitted.of(shared, data, overlap, targetModel, random);
    FactorScales scales = FactorScales.of(sourceModel, overlap);
    double itemScale = LikedItems.scale(sourceModel);
    TargetItems items = TargetItems.of(targetModel);
    if (targetModel.kind() == FactorKind.IMPLICIT) {
      items = items.withTemperature(temperature(items, data, overlap, targetModel, crossFitted));
    }
    PersonalExample[] examples = new PersonalExample[overlap.size() * VIEWS];
    for (int u = 0; u < overlap.size(); u++) {
      for (int view = 0; view < VIEWS; view++) {
        History history = view == 0 ? overlap.source(u) : part(overlap.source(u), random);
        UserId user = overlap.user(u);
        UserVector mapped = crossFitted.without(u).map(history, sourceModel);
        examples[u * VIEWS + view] =
            new PersonalExample(
                LikedItems.of(history, sourceModel, itemScale),
                scales.source(sourceModel.foldIn(history)),
                Parameters.toDoubles(mapped.vector()),
                TargetLoss.of(items, targetModel, data.target().history(user), mapped.bias()));
      }
    }
    PtupcdrNetwork network = new PtupcdrNetwork(sourceModel.rank(), hidden, targetModel.rank());
    List<int[]> parts = MiniBatches.split(overlap.size(), STOPPING, random);
    double[] parameters =
        descent.descend(
            network.initial(random),
            views(parts.get(1), VIEWS),
            views(parts.get(0), 1),
            PersonalExample.loss(network, examples, scales.target(), pull),
            random);
    return new PtupcdrBridge(
        shared.fit(data, all, targetModel, random),
        network,
        scales,
        itemScale,
        Parameters.rounded(parameters));
  }

  /** At least one entry. */
  private static History part(History history, RandomGenerator random) {
    int length = 1 + random.nextInt(Math.max(1, history.entries().size()));
    List<History.Entry> some =
        Shuffled.of(history.entries(), random)
            .subList(0, Math.min(length, history.entries().size()));
    return new History(some.size(), some);
  }

  private static int[] views(int[] users, int each) {
    int[] numbers = new int[users.length * each];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = users[i / each] * VIEWS + i % each;
    }
    return numbers;
  }

  /** That under which the shared bridge explains best what its users like. */
  private static double temperature(
      TargetItems items,
      BridgeData data,
      Overlap overlap,
      FactorModel targetModel,
      CrossFitted shared) {
    List<double[]> vectors = new ArrayList<>();
    for (int u = 0; u < overlap.size(); u++) {
      vectors.add(
          Parameters.toDoubles(
              shared.without(u).map(overlap.source(u), data.sourceModel()).vector()));
    }
    double best = TEMPERATURES[0];
    double least = Double.POSITIVE_INFINITY;
    double[] unused = new double[items.rank];
    for (double each : TEMPERATURES) {
      TargetItems warm = items.withTemperature(each);
      double sum = 0;
      for (int u = 0; u < vectors.size(); u++) {
        History liked = data.target().history(overlap.user(u));
        sum += SoftmaxLoss.of(warm, targetModel, liked).of(vectors.get(u), unused);
      }
      if (sum < least) {
        least = sum;
        best = each;
      }
    }
    return best;
  }
}
