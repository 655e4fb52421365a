package dev.thaw.models.served;

import dev.thaw.models.bridge.Fallbacks;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.statistics.PopularItems;
import dev.thaw.models.statistics.StatisticsPrior;

/**
 * What is popular now, as the view {@code popularity} counts it that serving ranks by:
 * interactions, liked or not, that lose half their weight with every half-life. What has no time is
 * as new as the newest.
 */
final class RecentPopularity {
  private static final int MAX_COUNTED = 1_000_000;

  private RecentPopularity() {}

  static Fallbacks.Scores fit(Fallbacks.Known known) {
    Interactions met = known.met();
    long newest = 0;
    for (int at = 0; at < met.size(); at++) {
      newest = Math.max(newest, met.rowTime(at));
    }
    PopularItems popular =
        new PopularItems(
            StatisticsPrior.DEFAULT.popularityHalfLife(),
            Math.max(1, Math.min(MAX_COUNTED, met.items().size())));
    for (int at = 0; at < met.size(); at++) {
      long time = met.rowTime(at);
      popular.add(met.items().get(met.rowItem(at)), time == Interactions.UNTIMED ? newest : time);
    }
    float[] scores = new float[known.positives().items().size()];
    for (PopularItems.Popular each : popular.top(met.items().size(), newest)) {
      int item = known.positives().items().indexOf(each.item());
      if (item >= 0) {
        scores[item] = (float) each.score();
      }
    }
    return (user, out) -> System.arraycopy(scores, 0, out, 0, scores.length);
  }
}
