package dev.thaw.evaluation;

import dev.thaw.evaluation.Cases.Case;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.Competitor;
import dev.thaw.evaluation.measure.PopularityThirds;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.training.RowTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Has methods rank the catalogue of an experiment for users and keeps what their lists are worth.
 */
public final class RankedCases {
  private final int catalogue;
  private final PopularityThirds thirds;
  private final int threads;

  /**
   * @param threads change nothing but the time
   */
  public RankedCases(Experiment experiment, int threads) {
    this.catalogue = experiment.training().items().size();
    this.thirds = PopularityThirds.of(experiment.positives());
    this.threads = threads;
  }

  PopularityThirds thirds() {
    return thirds;
  }

  /** Number of items that make up each third of the likes, the most liked first. */
  public List<Integer> thirdSizes() {
    return Arrays.stream(thirds.sizes()).boxed().toList();
  }

  /**
   * One list a user, and one for the curve of whom it asks.
   *
   * @param popularity answers where the method doesn't
   */
  RankedUsers measure(RankingMethod method, RankingMethod popularity, List<Case> cases) {
    return measure(method, popularity, cases, user -> List.of());
  }

  /**
   * The same where the curve asks of a user with several lists.
   *
   * @param steps what each of them is given and asks
   */
  public RankedUsers measure(
      RankingMethod method,
      RankingMethod popularity,
      List<Case> cases,
      Function<Case, List<Case>> steps) {
    RankedUsers measured =
        new RankedUsers(
            Competitor.of(method), cases.stream().map(each -> each.evidence().user()).toList());
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          cases.size(),
          () -> new float[catalogue],
          (scores, u) -> {
            Case user = cases.get(u);
            boolean answered = score(method, popularity, user.evidence(), scores);
            measured.put(u, scores, user.asked(), user.curve(), thirds, answered);
            List<RankedUsers.Curve> lists = new ArrayList<>();
            for (Case step : steps.apply(user)) {
              score(method, popularity, step.evidence(), scores);
              lists.add(
                  new RankedUsers.Curve(step.asked(), RankedUsers.list(scores, step.asked())));
            }
            if (!lists.isEmpty()) {
              measured.putCurve(u, lists);
            }
          });
    }
    return measured;
  }

  /** Whether the scores are the method's own. */
  private static boolean score(
      RankingMethod method, RankingMethod popularity, Evidence evidence, float[] scores) {
    boolean answered = method.score(evidence, scores);
    if (!answered) {
      popularity.score(evidence, scores);
    }
    return answered;
  }
}
