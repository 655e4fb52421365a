package dev.thaw.evaluation.items;

import dev.thaw.evaluation.items.FactorPlaces.Descriptions;
import dev.thaw.evaluation.items.Judges.Judge;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.gate.ContentGate;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.List;

/**
 * Chooses, on items held out of the training data, how new items are best placed: the ridge of the
 * factors, by how well projected items rank before anything is known of them, and the gate, by the
 * mean over the counts, or the weight of the projection as prior. All by nDCG at 10.
 *
 * @param counts of known interactions
 */
record PlacementTuning(List<Integer> counts, int threads, long seed) {
  private static final double SHARE = 0.2;
  private static final int MAX_JUDGES = 300;
  private static final double[] RIDGES = {1, 1 / 3.0, 0.1};
  private static final double[] CENTRES = {1, 2, 5, 10, 20, 50, 100};
  private static final double[] STEEPNESSES = {0.5, 1, 2};
  private static final double[] STRENGTHS = {0.1, 0.3, 1, 3, 10, 30};
  private static final long CONTENT_GONE_FROM = 500;

  /**
   * @param served gate for factors as they are trained for serving
   * @param config of factors for new items
   * @param gate for these
   * @param strength of the projection as prior mean, as a multiple of their lambda
   */
  record Choice(ContentGate served, ImplicitAlsConfig config, ContentGate gate, double strength) {}

  Choice choose(NewItems items, Descriptions known, ImplicitAlsConfig served, RatingScale scale) {
    NewItems within = NewItems.draw(items.training(), SHARE, seed + 1);
    Judges judges = Judges.of(within, MAX_JUDGES, seed);
    FactorPlaces asServed = null;
    FactorPlaces best = null;
    ImplicitAlsConfig config = served;
    double highest = -1;
    for (double ridge : RIDGES) {
      ImplicitAlsConfig candidate = withLambda(served, ridge * served.lambda());
      FactorPlaces places = FactorPlaces.train(within, known, candidate, scale, threads, seed);
      asServed = asServed == null ? places : asServed;
      double ndcg = ndcg(places.projected(), judges, within, 0);
      if (best == null || ndcg > highest) {
        highest = ndcg;
        best = places;
        config = candidate;
      }
    }
    if (asServed == null || best == null) {
      throw new IllegalStateException("no candidate of " + RIDGES.length);
    }
    ContentGate gate = gate(asServed, judges, within);
    return new Choice(
        gate,
        config,
        asServed == best ? gate : gate(best, judges, within),
        strength(best, judges, within));
  }

  private double strength(FactorPlaces places, Judges judges, NewItems within) {
    double best = STRENGTHS[0];
    double highest = -1;
    for (double strength : STRENGTHS) {
      double sum = 0;
      for (int count : counts) {
        sum += ndcg(places.around(strength, count), judges, within, count);
      }
      if (sum > highest) {
        highest = sum;
        best = strength;
      }
    }
    return best;
  }

  private ContentGate gate(FactorPlaces places, Judges judges, NewItems within) {
    List<float[][]> learned = counts.stream().map(places::learned).toList();
    ContentGate best = ContentGate.DEFAULT;
    double highest = -1;
    for (double centre : CENTRES) {
      for (double steepness : STEEPNESSES) {
        ContentGate gate = new ContentGate(centre, steepness, CONTENT_GONE_FROM);
        double sum = 0;
        for (int c = 0; c < counts.size(); c++) {
          float[][] vectors = places.blend(gate, counts.get(c), learned.get(c));
          sum += ndcg(places.scorer(vectors), judges, within, counts.get(c));
        }
        if (sum > highest) {
          highest = sum;
          best = gate;
        }
      }
    }
    return best;
  }

  private static ImplicitAlsConfig withLambda(ImplicitAlsConfig config, double lambda) {
    return new ImplicitAlsConfig(
        config.rank(), lambda, config.alpha(), config.sweeps(), config.popularityWeight());
  }

  private static double ndcg(
      ItemScores.Scorer scorer, Judges judges, NewItems items, int interactions) {
    float[] scores = new float[items.size()];
    double sum = 0;
    int met = 0;
    for (Judge judge : judges.all()) {
      Asked asked = judges.asked(judge, interactions);
      if (!asked.relevant().isEmpty()) {
        scorer.score(judge, scores);
        int[] top = TopItems.of(scores, RankedUsers.CUT, item -> !asked.hidden().contains(item));
        sum +=
            RankingMetrics.ndcg(
                top, RankedUsers.CUT, asked.relevant()::contains, asked.relevant().size());
        met++;
      }
    }
    return met == 0 ? 0 : sum / met;
  }
}
