package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
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

  private ItemFoldIn(int rank, FoldIn foldIn, float[] users) {
    this.rank = rank;
    this.foldIn = foldIn;
    this.users = users;
    this.gram = Gram.of(users, rank, foldIn.lambda());
  }

  /**
   * O(users x (n d^2 + d^3)).
   *
   * @param training whose users count, by their numbers there
   * @throws IllegalArgumentException if the model is an explicit one
   */
  public static ItemFoldIn of(FactorModel model, Interactions training) {
    if (model.kind() != FactorKind.IMPLICIT) {
      throw new IllegalArgumentException(
          "items fold in to an implicit model, was " + model.kind() + " of " + model.domain());
    }
    int rank = model.rank();
    float[] users = new float[training.users().size() * rank];
    for (int u = 0; u < training.users().size(); u++) {
      float[] vector = model.foldIn(training.history(u)).vector();
      System.arraycopy(vector, 0, users, u * rank, rank);
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
}
