package dev.thaw.models.validation;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The users that parameters are chosen with: as many as keep the cost of a candidate bounded. */
public final class TuningSample {
  private static final int MAX_TRAINING_USERS = 1_000;
  private static final int MAX_VALIDATION_USERS = 200;

  private TuningSample() {}

  /** Some of the users are held out, the others are for training. */
  public static ColdUsers of(Interactions data, RandomGenerator random) {
    return ColdUsers.choose(sample(data, random), MAX_VALIDATION_USERS, random);
  }

  /** The users dealt into folds, each of which is held out once; empty where there are too few. */
  static List<ColdUsers> folds(
      Interactions data, UserAttributes attributes, int folds, int least, RandomGenerator random) {
    return ColdUsers.folds(sample(data, random), attributes, folds, least, random);
  }

  private static Interactions sample(Interactions data, RandomGenerator random) {
    List<UserId> users = new ArrayList<>();
    for (int u = 0; u < data.users().size(); u++) {
      if (data.rowLength(u) > 0) {
        users.add(data.users().get(u));
      }
    }
    int wanted = MAX_TRAINING_USERS + MAX_VALIDATION_USERS;
    if (users.size() <= wanted) {
      return data;
    }
    Set<UserId> chosen = new HashSet<>(Shuffled.of(users, random).subList(0, wanted));
    return data.ofUsers(chosen::contains);
  }
}
