package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.RowTasks;
import java.util.Arrays;

/**
 * Vectors of items that an implicit model was not trained on, in closed form from the users who
 * liked them: the half-step of the items, with the users fixed at what they fold in to (Hu, Koren,
 * Volinsky, ICDM 2008, eq. 5). Immutable, thread-safe.
 */
public final class ItemFoldIn {
  private final int rank;
  private final FoldIn foldIn;
  private final float[] users;
  private final double[] gram;
  private final double[] unridged;
  private final double[] sum;

  private ItemFoldIn(int rank, FoldIn foldIn, float[] users) {
    this.rank = rank;
    this.foldIn = foldIn;
    this.users = users;
    this.gram = Gram.of(users, rank, foldIn.lambda());
    this.unridged = Gram.of(users, rank, 0);
    this.sum = new double[rank];
    for (int at = 0; at < users.length; at++) {
      sum[at % rank] += users[at];
    }
  }

  /**
   * O(users x (n d^2 + d^3)).
   *
   * @param training whose users count, by their numbers there
   * @param threads change nothing but the time
   * @throws IllegalArgumentException if the model is an explicit one
   */
  public static ItemFoldIn of(FactorModel model, Interactions training, int threads) {
    if (model.kind() != FactorKind.IMPLICIT) {
      throw new IllegalArgumentException(
          "items fold in to an implicit model, was " + model.kind() + " of " + model.domain());
    }
    int rank = model.rank();
    float[] users = new float[training.users().size() * rank];
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          training.users().size(),
          () -> users,
          (into, u) -> {
            float[] vector = model.foldIn(training.history(u)).vector();
            System.arraycopy(vector, 0, into, u * rank, rank);
          });
    }
    return new ItemFoldIn(rank, model.foldInParameters(), users);
  }

  /**
   * {@code [q; b]} of length d + 1, b the popularity prior of so many likes; zeros without any. O(n
   * d^2 + d^3).
   *
   * @param likedBy numbers of users
   */
  public float[] indexVector(int... likedBy) {
    float[] vector = new float[rank];
    if (likedBy.length > 0) {
      RowSolver solver = new RowSolver(rank);
      foldIn.start(solver, gram, likedBy.length);
      for (int user : likedBy) {
        foldIn.add(solver, users, user, 0);
      }
      solver.solve(vector, 0);
    }
    float[] index = Arrays.copyOf(vector, rank + 1);
    index[rank] = (float) (foldIn.popularityWeight() * Math.log1p(likedBy.length));
    return index;
  }

  /**
   * The vector whose inner products with all users come nearest to 1 for those who like the item
   * and 0 for the others, in least squares with little of a ridge: longer than {@link #indexVector}
   * where users were shrunk much, and so of the size that their products need. O(n d^2 + d^3).
   *
   * @param ridge as a multiple of lambda, above 0
   * @param likedBy numbers of users
   * @return {@code [q; b]} of length d + 1, b as in {@link #indexVector}
   */
  public float[] leastSquares(double ridge, int... likedBy) {
    RowSolver solver = new RowSolver(rank);
    solver.start(unridged, 1, ridge * foldIn.lambda(), new float[rank]);
    for (int user : likedBy) {
      solver.add(users, user, 0, 1);
    }
    float[] vector = new float[rank + 1];
    solver.solve(vector, 0);
    vector[rank] = (float) (foldIn.popularityWeight() * Math.log1p(likedBy.length));
    return vector;
  }

  /** How many users a vector expects to like the item, {@code sum_u <p_u, q>}, at least 0. */
  public double expectedLikes(float[] vector) {
    double expected = 0;
    for (int i = 0; i < rank; i++) {
      expected += sum[i] * vector[i];
    }
    return Math.max(0, expected);
  }

  /**
   * An item of which a projection says where it will stand once its users have met it, and of which
   * some likes are known by now. A share rho of all users have met it, and only so much do the
   * others' not liking it say,
   *
   * <pre>q = (rho P'P + alpha sum_u p_u p_u' + k I)^-1 ((1 + alpha) sum_u p_u + k q_0)</pre>
   *
   * over the users u who like it. Without likes it is {@code q_0}, with all of them nearly what
   * training on them gives. The popularity prior b is of the likes or of what the projection
   * expects, of which is more. How far q goes with q_0 is the mean of the eigenvalues of k times
   * the inverse above: 1 without likes. O(n d^2 + d^3).
   *
   * @param projected {@code [q_0; b_0]}, of length d + 1
   * @param strength k as a multiple of lambda, above 0
   * @param met rho, in (0, 1]
   * @param likedBy numbers of users
   */
  public FoldedItem around(float[] projected, double strength, double met, int... likedBy) {
    if (!(strength > 0) || !(met > 0 && met <= 1)) {
      throw new IllegalArgumentException(
          "strength must be > 0 and the share that has met the item in (0, 1], were "
              + strength
              + ", "
              + met);
    }
    if (projected.length != rank + 1) {
      throw new IllegalArgumentException(
          "projected vector must have length " + (rank + 1) + ", had " + projected.length);
    }
    if (likedBy.length == 0) {
      return new FoldedItem(projected, 1);
    }
    RowSolver solver = new RowSolver(rank);
    solver.start(unridged, met, strength * foldIn.lambda(), projected);
    for (int user : likedBy) {
      foldIn.add(solver, users, user, 0);
    }
    float[] vector = new float[rank + 1];
    solver.solve(vector, 0);
    vector[rank] =
        Math.max(projected[rank], (float) (foldIn.popularityWeight() * Math.log1p(likedBy.length)));
    double followed = strength * foldIn.lambda() * solver.inverseTrace() / rank;
    return new FoldedItem(vector, Math.min(1, followed));
  }
}
