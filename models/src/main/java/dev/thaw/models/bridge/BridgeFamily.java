package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A ridge bridge and the networks on it, to be compared: each network has to beat the ridge.
 *
 * @param shared the ridge, chosen on overlap users held out whole
 */
public record BridgeFamily(Bridge shared, MlpBridge mlp, PtupcdrBridge ptupcdr) {
  private static final double CHOOSING = 0.2;
  private static final int SWEEPS = 8;

  /**
   * @param threads of the training of factors; changes nothing but the time
   * @throws IllegalArgumentException with fewer than {@link BridgeTrainer#MIN_OVERLAP} overlap
   *     users
   */
  public static BridgeFamily fit(BridgeData data, int threads, RandomGenerator random) {
    List<UserId> overlap = Shuffled.of(Overlap.users(data.source(), data.target()), random);
    if (overlap.size() < BridgeTrainer.MIN_OVERLAP) {
      throw new IllegalArgumentException(
          "bridges need at least "
              + BridgeTrainer.MIN_OVERLAP
              + " overlap users, had "
              + overlap.size());
    }
    BridgeCandidate ridge =
        ridge(data, overlap.subList(0, (int) (overlap.size() * CHOOSING)), threads, random);
    FactorModel target = data.targetModel();
    Overlap all = Overlap.of(data, target, user -> true);
    return new BridgeFamily(
        ridge.fit(data, all, target, random),
        new MlpBridgeTrainer(ridge, MlpBridgeTrainer.DESCENT).fit(data, all, target, random),
        PtupcdrTrainer.on(ridge).fit(data, all, target, random));
  }

  private static BridgeCandidate ridge(
      BridgeData data, List<UserId> choosing, int threads, RandomGenerator random) {
    Set<UserId> cold = new HashSet<>(choosing);
    Interactions training = data.target().ofUsers(user -> !cold.contains(user));
    FactorModel target =
        FactorTrainers.like(data.targetModel(), SWEEPS, threads).fit(training, random);
    Overlap known = Overlap.of(data, target, user -> !cold.contains(user));
    NegativeTransferGate gate = new NegativeTransferGate(data, target, training, List.of());
    BridgeContest contest = new BridgeContest(data, target, known, gate, choosing, random);
    return BridgeContest.best(
            contest.enter(ridges(data.targetModel().kind())),
            IntStream.range(0, choosing.size()).toArray())
        .candidate();
  }

  /** Those that hold up on one pair of domains or another. */
  private static List<BridgeCandidate> ridges(FactorKind kind) {
    List<BridgeCandidate> ridges = new ArrayList<>();
    for (BridgeCandidate each :
        List.of(
            new LinearBridgeTrainer(10),
            new HistoryBridgeTrainer(200, false),
            new HistoryBridgeTrainer(300, true))) {
      ridges.add(kind == FactorKind.IMPLICIT ? BridgeTrainer.projected(each) : each);
    }
    return ridges;
  }
}
