package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Compares a bridge with what knows the target domain alone, on overlap users held out as if cold
 * in the target. Ranking models: nDCG at 10 over the whole catalogue against popularity. Rating
 * models: minus the mean absolute error against the shrunk item mean. The pair is enabled only if
 * the bootstrap interval of the per-user difference lies above zero, for enough users.
 */
final class NegativeTransferGate {
  private static final int K = 10;
  private static final int[] MIN_HISTORIES = {1, 3, 5, 10, 20};

  private static final double[] TRUSTS = {0, 0.5, 1, 2, 4, 8};

  /** First likes in the target that {@link #trust} gives. */
  private static final int[] SUPPORTS = {1, 3};

  /** How much a mapped vector is trusted where that can't be measured. */
  private static final double UNMEASURED_TRUST = 1;

  private final BridgeData data;
  private final FactorModel target;
  private final float[] popularity;

  /**
   * @param target trained without the held-out users
   * @param training interactions of the target without the held-out users
   */
  NegativeTransferGate(BridgeData data, FactorModel target, Interactions training) {
    this.data = data;
    this.target = target;
    this.popularity = new float[target.items().size()];
    for (int i = 0; i < popularity.length; i++) {
      int number = training.items().indexOf(target.items().get(i));
      for (int at = training.columnStart(number); at < training.columnStart(number + 1); at++) {
        popularity[i] += target.scale().isPositive(training.columnStrength(at)) ? 1 : 0;
      }
    }
  }

  /** One figure per user, larger is better. */
  double[] bridged(Bridge bridge, List<UserId> users) {
    double[] figures = new double[users.size()];
    float[] scores = new float[popularity.length];
    for (int u = 0; u < figures.length; u++) {
      UserVector mapped = bridge.map(data.source().history(users.get(u)), data.sourceModel());
      if (target.kind() == FactorKind.IMPLICIT) {
        target.score(mapped, scores);
        figures[u] = ndcg(scores, liked(users.get(u)), item -> true);
      } else {
        figures[u] = accuracy(mapped, users.get(u));
      }
    }
    return figures;
  }

  /** The same of popularity or item means. */
  double[] targetOnly(List<UserId> users) {
    UserVector nobody = UserVector.copyOf(new float[target.rank()], 0);
    double[] figures = new double[users.size()];
    for (int u = 0; u < figures.length; u++) {
      figures[u] =
          target.kind() == FactorKind.IMPLICIT
              ? ndcg(popularity, liked(users.get(u)), item -> true)
              : accuracy(nobody, users.get(u));
    }
    return figures;
  }

  private List<History.Entry> liked(UserId user) {
    return data.target().history(user).entries().stream()
        .filter(entry -> target.scale().isPositive(entry.strength()))
        .toList();
  }

  private double ndcg(float[] scores, List<History.Entry> wanted, IntPredicate ranked) {
    BitSet relevant = new BitSet();
    wanted.forEach(entry -> relevant.set(target.items().indexOf(entry.item())));
    int[] top = TopItems.of(scores, K, ranked);
    return RankingMetrics.ndcg(top, K, relevant::get, relevant.cardinality());
  }

  /**
   * How many interactions of the target weigh as much as the mapped vector: what ranks best when
   * these users are given their first {@link #SUPPORTS} likes.
   */
  private double trust(Bridge bridge, List<UserId> users) {
    if (target.kind() != FactorKind.IMPLICIT) {
      return UNMEASURED_TRUST;
    }
    double[] sums = new double[TRUSTS.length];
    float[] scores = new float[popularity.length];
    for (UserId user : users) {
      UserVector mapped = bridge.map(data.source().history(user), data.sourceModel());
      List<History.Entry> liked = liked(user);
      for (int support : SUPPORTS) {
        if (liked.size() <= support) {
          continue;
        }
        List<History.Entry> wanted = liked.subList(0, liked.size() - support);
        List<History.Entry> given = liked.subList(wanted.size(), liked.size());
        BitSet known = new BitSet();
        given.forEach(entry -> known.set(target.items().indexOf(entry.item())));
        UserVector own = target.foldIn(new History(support, given));
        for (int t = 0; t < TRUSTS.length; t++) {
          target.score(VectorBlend.of(own, support, mapped, TRUSTS[t]), scores);
          sums[t] += ndcg(scores, wanted, item -> !known.get(item));
        }
      }
    }
    int best = 0;
    for (int t = 1; t < TRUSTS.length; t++) {
      best = sums[t] > sums[best] ? t : best;
    }
    return sums[best] == 0 ? UNMEASURED_TRUST : TRUSTS[best];
  }

  private double accuracy(UserVector vector, UserId user) {
    List<History.Entry> entries = data.target().history(user).entries();
    double error = 0;
    for (History.Entry entry : entries) {
      error += Math.abs(target.rating(vector, entry.item()) - entry.strength());
    }
    return -error / entries.size();
  }

  /**
   * @param choosing users that say from which source history on the bridge is used
   * @param deciding other users, of whom those with such a history decide whether it is used at all
   */
  GateDecision decide(
      Bridge bridge, List<UserId> choosing, List<UserId> deciding, RandomGenerator random) {
    int least =
        leastHistory(bridged(bridge, choosing), targetOnly(choosing), lengths(choosing), random);
    List<UserId> admitted = deciding.stream().filter(user -> length(user) >= least).toList();
    double[] admittedWith = bridged(bridge, admitted);
    double[] admittedWithout = targetOnly(admitted);
    Interval difference = Bootstrap.DEFAULT.pairedDifference(admittedWith, admittedWithout, random);
    return new GateDecision(
        admitted.size() >= GateDecision.MIN_USERS && difference.isAboveZero(),
        target.kind() == FactorKind.IMPLICIT ? "ndcg@10" : "-mae",
        Arrays.stream(admittedWith).average().orElse(0),
        Arrays.stream(admittedWithout).average().orElse(0),
        difference,
        least,
        trust(bridge, choosing.stream().filter(user -> length(user) >= least).toList()));
  }

  /**
   * Users with shorter histories lose: there are enough of them, and the interval of their
   * difference lies below zero.
   */
  private static int leastHistory(
      double[] with, double[] without, int[] lengths, RandomGenerator random) {
    int least = MIN_HISTORIES[0];
    for (int length : MIN_HISTORIES) {
      double[] shorter =
          IntStream.range(0, lengths.length)
              .filter(u -> lengths[u] < length)
              .mapToDouble(u -> with[u] - without[u])
              .toArray();
      if (shorter.length >= GateDecision.MIN_USERS
          && Bootstrap.DEFAULT.mean(shorter, random).high() < 0) {
        least = length;
      }
    }
    return least;
  }

  private int[] lengths(List<UserId> users) {
    return users.stream().mapToInt(this::length).toArray();
  }

  private int length(UserId user) {
    return data.source().history(user).entries().size();
  }
}
