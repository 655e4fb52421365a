package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Trains the linear and the history bridge with several ridge weights, keeps the one that does best
 * on one group of overlap users held out of the target domain, chooses on the same group from which
 * history on it is used, and lets {@link NegativeTransferGate} decide on a second group. Target
 * factors for both are trained anew without either. The bridge that is returned is trained on all
 * overlap users.
 */
public final class BridgeTrainer implements Trainer<BridgeData, GatedBridge> {
  private static final double[] LINEAR_LAMBDAS = {1, 10, 100};
  private static final double[] HISTORY_LAMBDAS = {30, 100, 300};
  private static final double HELD_OUT = 0.4;
  private static final int MAX_HELD_OUT = 2_000;

  /** Share of the held-out users that choose; the others decide. */
  private static final double CHOOSING = 0.4;

  /** With fewer overlap users there are too few to decide, and no bridge is ever enabled. */
  public static final int MIN_OVERLAP =
      (int) Math.ceil(GateDecision.MIN_USERS / (HELD_OUT * (1 - CHOOSING)));

  private static final int SWEEPS = 8;

  private final int threads;

  /** With one thread. */
  public BridgeTrainer() {
    this(1);
  }

  /**
   * @param threads of the training of factors; changes nothing but the time
   */
  public BridgeTrainer(int threads) {
    this.threads = threads;
  }

  /**
   * @throws IllegalArgumentException with fewer than 10 overlap users
   */
  @Override
  public GatedBridge fit(BridgeData data, RandomGenerator random) {
    List<UserId> overlap = Shuffled.of(Overlap.users(data.source(), data.target()), random);
    if (overlap.size() < 10) {
      throw new IllegalArgumentException(
          "bridge "
              + data.source().domain()
              + " -> "
              + data.target().domain()
              + " needs at least 10 overlap users, had "
              + overlap.size());
    }
    int held = (int) Math.min(MAX_HELD_OUT, overlap.size() * HELD_OUT);
    List<UserId> choosing = overlap.subList(0, (int) (held * CHOOSING));
    List<UserId> deciding = overlap.subList(choosing.size(), held);
    Set<UserId> cold = new HashSet<>(overlap.subList(0, held));
    Interactions training = data.target().ofUsers(user -> !cold.contains(user));
    FactorModel target =
        FactorTrainers.like(data.targetModel(), SWEEPS, threads).fit(training, random);
    NegativeTransferGate gate = new NegativeTransferGate(data, target, training);
    Overlap known = Overlap.of(data, target, user -> !cold.contains(user));
    BridgeCandidate best = null;
    Bridge bestBridge = null;
    double bestFigure = Double.NEGATIVE_INFINITY;
    for (BridgeCandidate candidate : candidates(data)) {
      Bridge bridge = candidate.fit(data, known, target, random);
      double figure = Arrays.stream(gate.bridged(bridge, choosing)).average().orElse(0);
      if (best == null || bestBridge == null || figure > bestFigure) {
        best = candidate;
        bestBridge = bridge;
        bestFigure = figure;
      }
    }
    if (best == null || bestBridge == null) {
      throw new IllegalStateException("there are candidates");
    }
    GateDecision decision = gate.decide(bestBridge, choosing, deciding, random);
    Overlap all = Overlap.of(data, data.targetModel(), user -> true);
    return new GatedBridge(best.fit(data, all, data.targetModel(), random), decision);
  }

  private static List<BridgeCandidate> candidates(BridgeData data) {
    List<BridgeCandidate> ridges = new ArrayList<>();
    for (double lambda : LINEAR_LAMBDAS) {
      ridges.add(new LinearBridgeTrainer(lambda));
    }
    for (double lambda : HISTORY_LAMBDAS) {
      ridges.add(new HistoryBridgeTrainer(lambda, true));
      ridges.add(new HistoryBridgeTrainer(lambda, false));
    }
    List<BridgeCandidate> candidates = new ArrayList<>(ridges);
    if (data.targetModel().kind() == FactorKind.IMPLICIT) {
      ridges.forEach(each -> candidates.add(projected(each)));
    }
    return candidates;
  }

  /** The same trainer onto vectors that a fold-in has not shrunk. */
  static BridgeCandidate projected(BridgeCandidate trainer) {
    return (data, overlap, target, random) ->
        trainer.fit(data, overlap.projected(data, target), target, random);
  }
}
