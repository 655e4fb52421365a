package dev.thaw.evaluation.items;

import dev.thaw.evaluation.items.FactorPlaces.Descriptions;
import dev.thaw.evaluation.items.Judges.Judge;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.List;

/**
 * Chooses the gate that blends projected and folded-in vectors best on items held out of the
 * training data, by the mean nDCG at 10 over the counts.
 *
 * @param counts of known interactions
 */
record GateTuning(List<Integer> counts, int threads, long seed) {
  private static final HeldOut VALIDATION = new HeldOut.Drawn(0.2);
  private static final int MAX_JUDGES = 300;
  private static final double[] CENTRES = {1, 2, 5, 10, 20, 50, 100};
  private static final double[] STEEPNESSES = {0.5, 1, 2};
  private static final long CONTENT_GONE_FROM = 500;

  ContentGate choose(
      NewItems items, Descriptions known, ImplicitAlsConfig factors, RatingScale scale) {
    NewItems within = NewItems.of(items.training(), VALIDATION, seed + 1);
    Judges judges = Judges.of(within, MAX_JUDGES, seed);
    return gate(FactorPlaces.train(within, known, factors, scale, threads, seed), judges, within);
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
