package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Compares a bridge with what knows the target domain alone, on overlap users held out as if cold
 * in the target. Ranking models: nDCG at 10 over the whole catalogue against popularity and the
 * other fallbacks. Rating models: minus the mean absolute error against the shrunk item mean.
 * {@link GateJury} decides.
 */
final class NegativeTransferGate {
  private static final int K = 10;
  private static final double[] TRUSTS = {0, 0.5, 1, 2, 4, 8};

  /** First likes in the target that {@link #trust} gives. */
  private static final int[] SUPPORTS = {1, 3};

  /** How much a mapped vector is trusted where that can't be measured. */
  private static final double UNMEASURED_TRUST = 1;

  private final BridgeData data;
  private final FactorModel target;
  private final float[] popularity;
  private final List<Fallbacks.Scores> fallbacks;

  /**
   * @param target trained without the held-out users
   * @param training interactions of the target without the held-out users
   * @param fallbacks beside popularity, trained without them, too
   */
  NegativeTransferGate(
      BridgeData data,
      FactorModel target,
      Interactions training,
      List<Fallbacks.Scores> fallbacks) {
    this.data = data;
    this.fallbacks = fallbacks;
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
      History history = data.source().history(users.get(u));
      if (target.kind() == FactorKind.IMPLICIT) {
        bridge.rank(history, data.sourceModel(), target, scores);
        figures[u] = ndcg(scores, liked(users.get(u)), item -> true);
      } else {
        figures[u] = accuracy(bridge.map(history, data.sourceModel()), users.get(u));
      }
    }
    return figures;
  }

  /** The same of what else could answer: popularity or item means first. */
  List<double[]> fallbacks(List<UserId> users) {
    List<double[]> figures = new ArrayList<>();
    figures.add(targetOnly(users));
    fallbacks.forEach(each -> figures.add(of(each, users)));
    return figures;
  }

  private double[] of(Fallbacks.Scores fallback, List<UserId> users) {
    float[] scores = new float[popularity.length];
    return users.stream()
        .mapToDouble(
            user -> {
              fallback.score(user, scores);
              return ndcg(scores, liked(user), item -> true);
            })
        .toArray();
  }

  private double[] targetOnly(List<UserId> users) {
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
  double trust(Bridge bridge, List<UserId> users) {
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

  String metric() {
    return target.kind() == FactorKind.IMPLICIT ? "ndcg@10" : "-mae";
  }

  int[] lengths(List<UserId> users) {
    return users.stream().mapToInt(this::length).toArray();
  }

  private int length(UserId user) {
    return data.source().history(user).entries().size();
  }
}
