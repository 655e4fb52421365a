package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.RatingErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Users held out whole of a training: the older half of their history is folded in, the newer half
 * is what they are measured on. A tenth of the users with at least {@value #MIN_HISTORY}
 * interactions, at most {@value #MAX_USERS}.
 */
final class ValidationUsers {
  private static final String RMSE = "rmse";

  private static final int MIN_HISTORY = 4;
  private static final int MAX_USERS = 500;
  private static final int MIN_USERS = 20;

  private final Interactions all;
  private final Set<UserId> heldOut;

  private ValidationUsers(Interactions all, Set<UserId> heldOut) {
    this.all = all;
    this.heldOut = heldOut;
  }

  static ValidationUsers choose(Interactions all, RandomGenerator random) {
    List<UserId> able = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      if (all.rowLength(u) >= MIN_HISTORY) {
        able.add(all.users().get(u));
      }
    }
    int wanted = Math.min(MAX_USERS, able.size() / 10);
    Set<UserId> chosen = new HashSet<>();
    for (int i = 0; i < wanted; i++) {
      int at = i + random.nextInt(able.size() - i);
      UserId user = able.get(at);
      able.set(at, able.get(i));
      able.set(i, user);
      chosen.add(user);
    }
    return new ValidationUsers(all, chosen.size() < MIN_USERS ? Set.of() : chosen);
  }

  /** Too little data to hold anybody out. */
  boolean isEmpty() {
    return heldOut.isEmpty();
  }

  /** Everybody else. */
  Interactions training() {
    return all.ofUsers(user -> !heldOut.contains(user));
  }

  /** MAE and RMSE, of the model and of user and item biases alone. */
  Map<String, Double> ratings(FactorModel model) {
    RatingErrors errors = new RatingErrors();
    RatingErrors biases = new RatingErrors();
    for (UserId user : heldOut) {
      Halves halves = halves(user);
      UserVector vector = model.foldIn(halves.support);
      UserVector biasOnly = UserVector.copyOf(new float[model.rank()], vector.bias());
      for (History.Entry entry : halves.query) {
        errors.add(model.rating(vector, entry.item()), entry.strength());
        biases.add(model.rating(biasOnly, entry.item()), entry.strength());
      }
    }
    return Map.of(
        RMSE,
        errors.rmse(),
        "mae",
        errors.mae(),
        "bias_rmse",
        biases.rmse(),
        "validation_users",
        (double) heldOut.size());
  }

  /** The RMSE of what {@link #ratings} gave. */
  static double rmse(Map<String, Double> ratings) {
    return Objects.requireNonNull(ratings.get(RMSE));
  }

  private record Halves(History support, List<History.Entry> query) {}

  private Halves halves(UserId user) {
    List<History.Entry> newestFirst = all.history(user).entries();
    int newer = newestFirst.size() / 2;
    List<History.Entry> support = newestFirst.subList(newer, newestFirst.size());
    List<History.Entry> query = newestFirst.subList(0, newer);
    return new Halves(new History(support.size(), support), query);
  }
}
