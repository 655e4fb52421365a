package dev.thaw.models.bandit;

/** The share of epsilon-greedy's choices that is made at random. */
public sealed interface Epsilon {
  /**
   * @param impressions of the eligible arms so far
   * @param arms number of eligible arms
   * @return in [0, 1]
   */
  double at(double impressions, int arms);

  /** The same for ever: regret grows linearly. */
  record Fixed(double epsilon) implements Epsilon {
    public Fixed {
      if (!(epsilon >= 0 && epsilon <= 1)) {
        throw new IllegalArgumentException("epsilon must be in [0, 1], was " + epsilon);
      }
    }

    @Override
    public double at(double impressions, int arms) {
      return epsilon;
    }
  }

  /**
   * {@code min(1, c K / (d^2 t))}, the epsilon_n-greedy of Auer, Cesa-Bianchi and Fischer 2002,
   * figure 3, whose regret grows like log t.
   *
   * @param c above 0; above 5 in their theorem 3
   * @param gap d, at most the distance of the best mean from the second, in (0, 1]
   */
  record Decaying(double c, double gap) implements Epsilon {
    public Decaying {
      if (!(c > 0 && c < Double.POSITIVE_INFINITY) || !(gap > 0 && gap <= 1)) {
        throw new IllegalArgumentException(
            "c must be > 0 and gap in (0, 1], were " + c + " and " + gap);
      }
    }

    @Override
    public double at(double impressions, int arms) {
      return Math.min(1, c * arms / (gap * gap * Math.max(1, impressions)));
    }
  }
}
