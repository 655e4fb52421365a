package dev.thaw.models.segments;

import dev.thaw.models.interactions.Interactions;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Groups of warm users who like the same items: a mixture of multinomials fitted by expectation
 * maximisation (Nigam et al., Machine Learning 2000, without labels). A group's multinomial is
 * shrunk towards the domain's as if {@value #PSEUDO_LIKES} likes of the domain at large were in it.
 * O(iterations x groups x interactions).
 */
final class GroupTrainer {
  static final double PSEUDO_LIKES = 200;
  private static final int ITERATIONS = 30;

  /** A user with fewer likes says too little to begin a group with. */
  private static final int SEED_LIKES = 5;

  private final Interactions interactions;
  private final int groups;
  private final double[] domain;

  GroupTrainer(Interactions interactions, int groups) {
    this.interactions = interactions;
    this.groups = groups;
    this.domain = new double[interactions.items().size()];
    for (int i = 0; i < domain.length; i++) {
      domain[i] = interactions.columnLength(i) / (double) Math.max(1, interactions.size());
    }
  }

  /**
   * @return the group of each user, -1 for users without interactions and where there are too few
   *     users to begin with
   */
  int[] fit(RandomGenerator random) {
    int users = interactions.users().size();
    int[] groupOf = new int[users];
    Arrays.fill(groupOf, -1);
    int[] seeds = seeds(random);
    if (seeds.length < groups) {
      return groupOf;
    }
    double[][] likes = new double[groups][domain.length];
    double[] shares = new double[groups];
    for (int g = 0; g < groups; g++) {
      add(likes[g], seeds[g], 1);
      shares[g] = 1;
    }
    double[][] posteriors = new double[users][];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      expect(likes, shares, posteriors);
      maximise(likes, shares, posteriors);
    }
    for (int u = 0; u < users; u++) {
      groupOf[u] = posteriors[u] == null ? -1 : highest(posteriors[u]);
    }
    return groupOf;
  }

  private int[] seeds(RandomGenerator random) {
    int[] able = new int[interactions.users().size()];
    int size = 0;
    for (int u = 0; u < able.length; u++) {
      if (interactions.rowLength(u) >= SEED_LIKES) {
        able[size++] = u;
      }
    }
    int drawn = Math.min(groups, size);
    for (int i = 0; i < drawn; i++) {
      int other = i + random.nextInt(size - i);
      int kept = able[i];
      able[i] = able[other];
      able[other] = kept;
    }
    return Arrays.copyOf(able, drawn);
  }

  private void add(double[] to, int user, double weight) {
    int end = interactions.rowStart(user) + interactions.rowLength(user);
    for (int at = interactions.rowStart(user); at < end; at++) {
      to[interactions.rowItem(at)] += weight;
    }
  }

  private void expect(double[][] likes, double[] shares, double[][] posteriors) {
    double[][] logs = new double[groups][domain.length];
    for (int g = 0; g < groups; g++) {
      double total = Arrays.stream(likes[g]).sum() + PSEUDO_LIKES;
      for (int i = 0; i < domain.length; i++) {
        logs[g][i] = Math.log((likes[g][i] + PSEUDO_LIKES * domain[i]) / total);
      }
    }
    for (int u = 0; u < posteriors.length; u++) {
      if (interactions.rowLength(u) == 0) {
        continue;
      }
      double[] ofUser = new double[groups];
      int end = interactions.rowStart(u) + interactions.rowLength(u);
      for (int g = 0; g < groups; g++) {
        double sum = Math.log(shares[g] + 1);
        for (int at = interactions.rowStart(u); at < end; at++) {
          sum += logs[g][interactions.rowItem(at)];
        }
        ofUser[g] = sum;
      }
      posteriors[u] = Likelihoods.normalised(ofUser);
    }
  }

  private void maximise(double[][] likes, double[] shares, double[][] posteriors) {
    Arrays.fill(shares, 0);
    for (double[] each : likes) {
      Arrays.fill(each, 0);
    }
    for (int u = 0; u < posteriors.length; u++) {
      double[] ofUser = posteriors[u];
      for (int g = 0; ofUser != null && g < groups; g++) {
        shares[g] += ofUser[g];
        if (ofUser[g] > 1e-6) {
          add(likes[g], u, ofUser[g]);
        }
      }
    }
  }

  private static int highest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
