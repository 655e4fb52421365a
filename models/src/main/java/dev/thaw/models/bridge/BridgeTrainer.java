package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Trains ridge bridges with several weights and, for ranking, PTUPCDR on the best of them, kernel
 * ridges and what else was asked for, and lets {@link GateJury} choose and decide on overlap users
 * held out of the target domain; target factors for these are trained anew without them, and
 * popularity and fallbacks, too. The bridge that is returned is what all held-out users choose,
 * trained on all overlap users, with the decision of its pair alone: {@link PairFamily} decides
 * over several.
 */
public final class BridgeTrainer implements Trainer<BridgeData, GatedBridge> {
  private static final double[] LINEAR_LAMBDAS = {3, 30};
  private static final double[] HISTORY_LAMBDAS = {100, 300};
  private static final double[] KERNEL_LAMBDAS = {1, 3};
  private static final double HELD_OUT = 0.4;
  private static final int MAX_HELD_OUT = 2_000;

  /** With fewer overlap users there are too few to decide, and no bridge is ever enabled. */
  public static final int MIN_OVERLAP = (int) Math.ceil(GateDecision.MIN_USERS / HELD_OUT);

  static final int SWEEPS = 8;

  private final int threads;
  private final Fallbacks fallbacks;
  private final List<BridgeCandidate> asked;

  /** With one thread. */
  public BridgeTrainer() {
    this(1);
  }

  /**
   * @param threads of the training of factors; changes nothing but the time
   */
  public BridgeTrainer(int threads) {
    this(threads, known -> List.of());
  }

  /**
   * @param fallbacks that the bridge has to beat where it ranks, beside popularity
   */
  public BridgeTrainer(int threads, Fallbacks fallbacks) {
    this(threads, fallbacks, List.of());
  }

  private BridgeTrainer(int threads, Fallbacks fallbacks, List<BridgeCandidate> asked) {
    this.threads = threads;
    this.fallbacks = fallbacks;
    this.asked = List.copyOf(asked);
  }

  /** The same with another candidate for ranking, whose training takes far longer than a ridge. */
  public BridgeTrainer with(BiTgcfTrainer graph) {
    return with(new GraphBridgeTrainer(graph));
  }

  /** The same with CMF for ranking, which trains factors of both domains anew. */
  public BridgeTrainer withCollective() {
    return with(new CollectiveBridgeTrainer(SWEEPS, threads));
  }

  private BridgeTrainer with(BridgeCandidate candidate) {
    List<BridgeCandidate> more = new ArrayList<>(asked);
    more.add(candidate);
    return new BridgeTrainer(threads, fallbacks, more);
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
    List<UserId> held = overlap.subList(0, (int) Math.min(MAX_HELD_OUT, overlap.size() * HELD_OUT));
    Set<UserId> cold = new HashSet<>(held);
    Interactions training = data.target().ofUsers(user -> !cold.contains(user));
    FactorModel target =
        FactorTrainers.like(data.targetModel(), SWEEPS, threads).fit(training, random);
    NegativeTransferGate gate =
        new NegativeTransferGate(data, target, training, fallbacks(data, target, training, cold));
    Overlap known = Overlap.of(data, target, user -> !cold.contains(user));
    BridgeContest contest = new BridgeContest(data, target, known, gate, held, random);
    GateJury jury = new GateJury(gate.fallbacks(held), gate.lengths(held));
    List<BridgeContest.Entry> chosen = chosen(data, contest, jury, held.size());
    BridgeContest.Entry last = chosen.get(2);
    GateJury.Verdict verdict =
        jury.decide(
            List.of(chosen.get(0).figures(), chosen.get(1).figures()), last.figures(), random);
    Overlap all = Overlap.of(data, data.targetModel(), user -> true);
    return new GatedBridge(
        last.candidate().fit(data, all, data.targetModel(), random),
        decision(verdict, verdict.test(random), gate, last.bridge(), held));
  }

  /** For ranking alone. */
  private List<Fallbacks.Scores> fallbacks(
      BridgeData data, FactorModel target, Interactions training, Set<UserId> cold) {
    if (target.kind() != FactorKind.IMPLICIT) {
      return List.of();
    }
    return fallbacks.fit(
        new Fallbacks.Known(
            training.where(target.scale()::isPositive),
            data.met().ofUsers(user -> !cold.contains(user)),
            target));
  }

  /** What each half of the users chooses, and all. */
  private List<BridgeContest.Entry> chosen(
      BridgeData data, BridgeContest contest, GateJury jury, int held) {
    List<BridgeContest.Entry> ridges = contest.enter(ridges(data));
    List<BridgeContest.Entry> placing = contest.enter(placing(data));
    List<BridgeContest.Entry> chosen = new ArrayList<>();
    Map<BridgeContest.Entry, BridgeContest.Entry> personal = new HashMap<>();
    for (int[] users : choosers(held)) {
      BridgeContest.Entry ridge = BridgeContest.best(ridges, users);
      // a bridge that loses to the fallback won't win by a matrix for each user
      boolean worthMore =
          data.targetModel().kind() == FactorKind.IMPLICIT
              && held >= GateDecision.MIN_USERS
              && jury.gains(ridge.figures(), users);
      BridgeContest.Entry vectors =
          worthMore
              ? ridge.orBetter(personal.computeIfAbsent(ridge, r -> personal(contest, r)), users)
              : ridge;
      chosen.add(
          placing.isEmpty()
              ? vectors
              : vectors.orBetter(BridgeContest.best(placing, users), users));
    }
    return chosen;
  }

  /** Each half of the users, and all. */
  private static List<int[]> choosers(int users) {
    return List.of(
        GateJury.half(users, 0), GateJury.half(users, 1), IntStream.range(0, users).toArray());
  }

  private static BridgeContest.Entry personal(BridgeContest contest, BridgeContest.Entry ridge) {
    return contest.enter(PtupcdrTrainer.on(ridge.candidate()));
  }

  private static GateDecision decision(
      GateJury.Verdict verdict,
      PairTest test,
      NegativeTransferGate gate,
      Bridge bridge,
      List<UserId> held) {
    int[] lengths = gate.lengths(held);
    List<UserId> admitted =
        IntStream.range(0, lengths.length)
            .filter(u -> lengths[u] >= verdict.least())
            .mapToObj(held::get)
            .toList();
    return new GateDecision(
        verdict.isFor(test),
        gate.metric(),
        Arrays.stream(verdict.with()).average().orElse(0),
        Arrays.stream(verdict.without()).average().orElse(0),
        verdict.difference(),
        verdict.least(),
        gate.trust(bridge, admitted),
        test);
  }

  /** For ranking alone. */
  private List<BridgeCandidate> placing(BridgeData data) {
    List<BridgeCandidate> placing = new ArrayList<>();
    if (data.targetModel().kind() == FactorKind.IMPLICIT) {
      for (double lambda : KERNEL_LAMBDAS) {
        placing.add(new KernelBridgeTrainer(lambda, KernelBridgeTrainer.RANK));
      }
      placing.addAll(asked);
    }
    return placing;
  }

  private static List<BridgeCandidate> ridges(BridgeData data) {
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
