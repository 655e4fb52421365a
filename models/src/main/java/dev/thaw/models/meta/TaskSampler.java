package dev.thaw.models.meta;

import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Users as tasks: their ratings in random order, the last of them asked. Half the supports are all
 * others, half are cut at a length drawn evenly on a logarithmic scale, since a model serves users
 * from the first rating on.
 *
 * <p>Targets are what the base leaves, in units of the biases' root mean square, as a cold user
 * would meet it: what is the user's from the support alone, and over biases b_i without the user's
 * own rating; over factors as {@link TrainingBaselines} says. Immutable, thread-safe.
 */
final class TaskSampler {
  /** More ratings cost time and say little more. */
  private static final int MAX_SUPPORT = 100;

  private final Interactions ratings;
  private final TrainingBaselines bases;
  private final double unit;
  private final List<Bag> users;
  private final List<Bag> items;
  private final int query;

  TaskSampler(MetaData data, TrainingBaselines bases, double unit, Fields fields, int query) {
    this.ratings = data.ratings();
    this.bases = bases;
    this.unit = unit;
    this.users =
        ratings.users().stream().map(user -> fields.user(data.profiles().get(user))).toList();
    this.items = items(data, bases.whole(), fields);
    this.query = query;
  }

  static List<Bag> items(MetaData data, RatingBaseline base, Fields fields) {
    List<Bag> bags = new ArrayList<>();
    data.ratings()
        .items()
        .all()
        .forEach(
            id ->
                bags.add(
                    fields.item(
                        bags.size(),
                        base.factor(bags.size()),
                        data.catalogue().get(id),
                        data.content().get(id))));
    return bags;
  }

  /** Users with so many ratings that something can be given and something asked. */
  List<Integer> able() {
    List<Integer> able = new ArrayList<>();
    for (int u = 0; u < ratings.users().size(); u++) {
      if (ratings.rowLength(u) >= 2) {
        able.add(u);
      }
    }
    return able;
  }

  /** A task with a support of random length. */
  MetaTask sample(int user, RandomGenerator random) {
    int asked = asked(user);
    int most = Math.min(MAX_SUPPORT, ratings.rowLength(user) - asked);
    boolean whole = random.nextBoolean();
    double length = Math.exp(random.nextDouble() * Math.log(most + 1.0));
    return task(user, whole ? most : (int) length, asked, random);
  }

  /** A task with all the support there is. */
  MetaTask whole(int user, RandomGenerator random) {
    int asked = asked(user);
    return task(user, Math.min(MAX_SUPPORT, ratings.rowLength(user) - asked), asked, random);
  }

  private int asked(int user) {
    return Math.min(query, ratings.rowLength(user) / 2);
  }

  private MetaTask task(int user, int given, int asked, RandomGenerator random) {
    int[] entries = shuffled(user, random);
    List<Bag> bags = new ArrayList<>(given + asked);
    RatingBaseline base = bases.ofUser(user);
    UserVector vector = base.user(support(user, entries, given));
    double[] targets = new double[given + asked];
    for (int i = 0; i < given + asked; i++) {
      // what is asked comes from the end, so that it doesn't depend on how much is given
      int entry = i < given ? entries[i] : entries[entries.length - 1 - (i - given)];
      bags.add(items.get(ratings.rowItem(entry)));
      targets[i] =
          (ratings.rowStrength(entry)
                  - base.biases().mean()
                  - vector.bias()
                  - base.score(vector, ratings, entry))
              / unit;
    }
    return new MetaTask(users.get(user), bags, targets, given);
  }

  private History support(int user, int[] entries, int given) {
    List<History.Entry> known = new ArrayList<>(given);
    for (int i = 0; i < given; i++) {
      known.add(
          new History.Entry(
              ratings.items().get(ratings.rowItem(entries[i])),
              ratings.rowStrength(entries[i]),
              0));
    }
    return new History(given, known);
  }

  private int[] shuffled(int user, RandomGenerator random) {
    int[] entries = new int[ratings.rowLength(user)];
    for (int i = 0; i < entries.length; i++) {
      int other = random.nextInt(i + 1);
      entries[i] = entries[other];
      entries[other] = ratings.rowStart(user) + i;
    }
    return entries;
  }
}
