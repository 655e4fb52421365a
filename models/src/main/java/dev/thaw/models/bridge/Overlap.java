package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Users with interactions in both domains, in the order of their ids. */
final class Overlap {
  private final List<UserId> users;
  private final List<History> sources = new ArrayList<>();
  private final List<UserVector> targets = new ArrayList<>();
  private final List<Integer> ratings = new ArrayList<>();
  private final List<Double> beyond = new ArrayList<>();

  private Overlap(List<UserId> users) {
    this.users = users;
  }

  static List<UserId> users(Interactions source, Interactions target) {
    List<UserId> both = new ArrayList<>();
    for (int u = 0; u < source.users().size(); u++) {
      UserId user = source.users().get(u);
      int there = target.indexOf(user);
      if (source.rowLength(u) > 0 && there >= 0 && target.rowLength(there) > 0) {
        both.add(user);
      }
    }
    return both;
  }

  /** Their source histories and target vectors under a target model. */
  static Overlap of(BridgeData data, FactorModel targetModel, Predicate<UserId> which) {
    return of(data, which, targetModel.biases(), targetModel::foldIn);
  }

  private static Overlap of(
      BridgeData data,
      Predicate<UserId> which,
      BiasModel biases,
      Function<History, UserVector> target) {
    Overlap overlap =
        new Overlap(users(data.source(), data.target()).stream().filter(which).toList());
    for (UserId user : overlap.users) {
      overlap.sources.add(data.source().history(user));
      History there = data.target().history(user);
      overlap.targets.add(target.apply(there));
      overlap.ratings.add(there.entries().size());
      overlap.beyond.add(biases.residuals(there));
    }
    return overlap;
  }

  /** The same users with {@link RowProjection}s as target vectors. */
  Overlap projected(BridgeData data, FactorModel targetModel) {
    Set<UserId> same = new HashSet<>(users);
    return of(data, same::contains, targetModel.biases(), new RowProjection(targetModel)::of);
  }

  /** Some of the users, by their numbers here. */
  Overlap of(IntPredicate which) {
    Overlap some = new Overlap(new ArrayList<>());
    for (int u = 0; u < size(); u++) {
      if (which.test(u)) {
        some.users.add(users.get(u));
        some.sources.add(sources.get(u));
        some.targets.add(targets.get(u));
        some.ratings.add(ratings.get(u));
        some.beyond.add(beyond.get(u));
      }
    }
    return some;
  }

  /** An even spread of at most so many of the users. */
  Overlap spread(int most) {
    if (size() <= most) {
      return this;
    }
    BitSet chosen = new BitSet(size());
    for (int u = 0; u < most; u++) {
      chosen.set((int) ((long) u * size() / most));
    }
    return of(chosen::get);
  }

  /** The target without users of both domains who are not of these. */
  Interactions known(BridgeData data) {
    Set<UserId> others = new HashSet<>(users(data.source(), data.target()));
    users.forEach(others::remove);
    return data.target().ofUsers(user -> !others.contains(user));
  }

  UserId user(int at) {
    return users.get(at);
  }

  int size() {
    return users.size();
  }

  History source(int at) {
    return sources.get(at);
  }

  UserVector target(int at) {
    return targets.get(at);
  }

  /** Least-squares transfer of rating biases. */
  BiasTransfer biasTransfer(FactorModel sourceModel) {
    double[] from = new double[size()];
    for (int u = 0; u < from.length; u++) {
      from[u] = sourceModel.biases().userBias(sources.get(u));
    }
    return BiasTransfer.fit(
        from,
        beyond.stream().mapToDouble(each -> each).toArray(),
        ratings.stream().mapToInt(each -> each).toArray());
  }
}
