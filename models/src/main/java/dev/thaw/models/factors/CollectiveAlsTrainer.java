package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.RowTasks;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Collective matrix factorisation, Singh and Gordon, KDD 2008, section 4, of two domains' likes:
 * they share the factors of users, each with the loss of {@link ImplicitAlsTrainer}. A user without
 * likes in a domain is unknown there and no part of its loss, rather than one who likes nothing. A
 * sweep costs O(entries d^2 + users d^3) and what {@link HalfStep} takes for the items.
 *
 * @param config of both
 */
public record CollectiveAlsTrainer(ImplicitAlsConfig config, int threads) {

  /**
   * @param source liked items there
   * @param target liked items there
   * @throws IllegalArgumentException if both are of one domain
   */
  public CollectiveFactors fit(
      Interactions source,
      RatingScale sourceScale,
      Interactions target,
      RatingScale targetScale,
      RandomGenerator random) {
    if (source.domain().equals(target.domain())) {
      throw new IllegalArgumentException("needs two domains, was twice " + source.domain());
    }
    TreeSet<UserId> both = new TreeSet<>(source.users());
    both.addAll(target.users());
    List<UserId> users = List.copyOf(both);
    List<Side> sides =
        List.of(new Side(source, users, config.rank()), new Side(target, users, config.rank()));
    descend(sides, users, random.nextLong());
    return new CollectiveFactors(
        sides.get(0).model(config, sourceScale), sides.get(1).model(config, targetScale));
  }

  private void descend(List<Side> sides, List<UserId> users, long seed) {
    int rank = config.rank();
    AlsParameters parameters = AlsParameters.of(config);
    FoldIn foldIn = parameters.rows(1);
    float[] vectors = new float[users.size() * rank];
    for (int u = 0; u < users.size(); u++) {
      HalfStep.begin(vectors, u, rank, parameters.initialDeviation(1), seed, users.get(u).value());
    }
    try (RowTasks tasks = new RowTasks(threads)) {
      for (int sweep = 0; sweep < config.sweeps(); sweep++) {
        for (Side side : sides) {
          double[] gram = Gram.of(side.present(vectors), rank, config.lambda(), tasks);
          HalfStep.solve(side, foldIn, gram, vectors, rank, side.items, tasks);
        }
        solveUsers(sides, foldIn, vectors, tasks);
      }
    }
  }

  /** Each with the items of the domains where the user is known. */
  private void solveUsers(List<Side> sides, FoldIn foldIn, float[] vectors, RowTasks tasks) {
    int rank = config.rank();
    List<double[]> grams = sides.stream().map(side -> Gram.of(side.items, rank, 0, tasks)).toList();
    double[] both = Gram.of(grams, rank, config.lambda());
    List<double[]> alone =
        grams.stream().map(gram -> Gram.of(List.of(gram), rank, config.lambda())).toList();
    tasks.forEach(
        vectors.length / rank,
        () -> new RowSolver(rank),
        (solver, user) -> {
          List<Side> known = sides.stream().filter(side -> side.knows(user)).toList();
          if (known.isEmpty()) {
            Arrays.fill(vectors, user * rank, (user + 1) * rank, 0);
          } else {
            solver.start(known.size() == 2 ? both : alone.get(sides.indexOf(known.get(0))));
            known.forEach(side -> side.add(solver, foldIn, user));
            solver.solve(vectors, user);
          }
        });
  }

  /** One domain: its items are the rows of its half-step. */
  private static final class Side implements HalfStep.Rows {
    private final Interactions likes;
    private final int rank;
    private final int[] rowOf;
    private final int[] userOf;
    private final float[] items;

    Side(Interactions likes, List<UserId> users, int rank) {
      this.likes = likes;
      this.rank = rank;
      this.rowOf = users.stream().mapToInt(likes::indexOf).toArray();
      this.userOf = new int[likes.users().size()];
      for (int user = 0; user < rowOf.length; user++) {
        if (rowOf[user] >= 0) {
          userOf[rowOf[user]] = user;
        }
      }
      this.items = new float[likes.items().size() * rank];
    }

    boolean knows(int user) {
      return rowOf[user] >= 0 && likes.rowLength(rowOf[user]) > 0;
    }

    /** Zeros for users who are not known here. */
    float[] present(float[] users) {
      float[] present = users.clone();
      for (int user = 0; user < rowOf.length; user++) {
        if (!knows(user)) {
          Arrays.fill(present, user * rank, (user + 1) * rank, 0);
        }
      }
      return present;
    }

    void add(RowSolver solver, FoldIn foldIn, int user) {
      for (int at = likes.rowStart(rowOf[user]); at < likes.rowStart(rowOf[user] + 1); at++) {
        foldIn.add(solver, items, likes.rowItem(at), 0);
      }
    }

    FactorModel model(ImplicitAlsConfig config, RatingScale scale) {
      return new FactorModel(
          likes.domain(),
          rank,
          BiasModel.fit(likes, scale),
          AlsParameters.of(config).users(1),
          ImplicitAlsTrainer.popularityPrior(likes, config.popularityWeight()),
          items);
    }

    @Override
    public int size() {
      return likes.items().size();
    }

    @Override
    public int start(int row) {
      return likes.columnStart(row);
    }

    @Override
    public int column(int entry) {
      return userOf[likes.columnUser(entry)];
    }

    @Override
    public double residual(int row, int entry) {
      return 0;
    }
  }
}
