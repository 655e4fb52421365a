package dev.thaw.models.graph;

/**
 * Two layers over the graphs of two domains, a transfer of users after each: BiTGCF, Liu et al.,
 * CIKM 2020, section 3.2. Users have no embedding of their own but what their items give, so that
 * unseen ones have one, too. A user without edges in the target is there what the source says.
 * Linear in the item embeddings; {@link #back} is its transpose.
 */
final class Propagation {
  private final Bipartite source;
  private final Bipartite target;
  private final int users;
  private final int rank;
  private final double own;

  /**
   * @param own share that a user with edges in both keeps of each side's vector; 1 transfers
   *     nothing
   */
  Propagation(Bipartite source, Bipartite target, int users, int rank, double own) {
    this.source = source;
    this.target = target;
    this.users = users;
    this.rank = rank;
    this.own = own;
  }

  /**
   * Means over the layers.
   *
   * @param users in the target, flat
   * @param sourceItems flat
   * @param targetItems flat
   */
  record Layers(double[] users, double[] sourceItems, double[] targetItems) {}

  /**
   * @param sourceItems embeddings, flat
   * @param targetItems embeddings, flat
   */
  Layers forward(double[] sourceItems, double[] targetItems) {
    double[] inSource = source.toUsers(sourceItems, rank);
    double[] inTarget = target.toUsers(targetItems, rank);
    mix(inSource, inTarget, false);
    double[] nextSource = source.toItems(inSource, rank);
    double[] nextTarget = target.toItems(inTarget, rank);
    double[] lastSource = source.toUsers(nextSource, rank);
    double[] lastTarget = target.toUsers(nextTarget, rank);
    mix(lastSource, lastTarget, false);
    return new Layers(
        mean(inTarget, lastTarget), mean(sourceItems, nextSource), mean(targetItems, nextTarget));
  }

  /**
   * Derivatives by the embeddings of source and target items.
   *
   * @param ofUsers by the users of {@link Layers}
   * @param ofItems by the target items of {@link Layers}
   */
  double[][] back(double[] ofUsers, double[] ofItems) {
    double[] half = scaled(ofUsers);
    double[] lastTarget = half.clone();
    double[] lastSource = new double[half.length];
    mix(lastSource, lastTarget, true);
    double[] nextSource = source.toItems(lastSource, rank);
    double[] nextTarget = sum(target.toItems(lastTarget, rank), scaled(ofItems));
    double[] inSource = source.toUsers(nextSource, rank);
    double[] inTarget = sum(target.toUsers(nextTarget, rank), half);
    mix(inSource, inTarget, true);
    return new double[][] {
      source.toItems(inSource, rank), sum(target.toItems(inTarget, rank), scaled(ofItems))
    };
  }

  /** The transfer layer, or its transpose, in place. */
  private void mix(double[] inSource, double[] inTarget, boolean transposed) {
    for (int u = 0; u < users; u++) {
      if (source.degree(u) == 0) {
        continue;
      }
      boolean cold = target.degree(u) == 0;
      for (int at = u * rank; at < (u + 1) * rank; at++) {
        double s = inSource[at];
        double t = inTarget[at];
        if (!cold) {
          inSource[at] = own * s + (1 - own) * t;
          inTarget[at] = own * t + (1 - own) * s;
        } else if (transposed) {
          inSource[at] = s + t;
          inTarget[at] = 0;
        } else {
          inTarget[at] = s;
        }
      }
    }
  }

  private static double[] mean(double[] a, double[] b) {
    return scaled(sum(a.clone(), b));
  }

  private static double[] sum(double[] into, double[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] += other[i];
    }
    return into;
  }

  private static double[] scaled(double[] values) {
    double[] half = new double[values.length];
    for (int i = 0; i < half.length; i++) {
      half[i] = values[i] / 2;
    }
    return half;
  }
}
