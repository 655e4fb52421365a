package dev.thaw.evaluation.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.thaw.models.metrics.Interval;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was measured in one experiment.
 *
 * @param origin where the split came from
 * @param trainingHash data hash of what was trained on
 * @param skipped what could not be measured, by its name, with the reason; a domain by its own
 * @param chosen on validation users before the test users were met: parameters, gates, routing
 */
public record Figures(
    String domain,
    String origin,
    String trainingHash,
    long seed,
    int catalogue,
    Map<String, String> skipped,
    Map<String, String> chosen,
    List<Ranking> rankings,
    List<Rating> ratings) {
  public Figures {
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    chosen = Collections.unmodifiableMap(new TreeMap<>(chosen));
    rankings = List.copyOf(rankings);
    ratings = List.copyOf(ratings);
  }

  /** Of a domain on which nothing can be measured. */
  public static Figures ofSkipped(
      String domain, String origin, long seed, int catalogue, String reason) {
    return new Figures(
        domain,
        origin,
        "",
        seed,
        catalogue,
        Map.of(domain, reason),
        Map.of(),
        List.of(),
        List.of());
  }

  /** The same figures with what was chosen before, and what could not be trained. */
  public Figures with(Map<String, String> before, Map<String, String> untrained) {
    return new Figures(
        domain, origin, trainingHash, seed, catalogue, untrained, before, rankings, ratings);
  }

  /** Whether nothing was measured. */
  @JsonIgnore
  public boolean isEmpty() {
    return rankings.isEmpty() && ratings.isEmpty();
  }

  /**
   * A method at one interaction count.
   *
   * @param k interactions given; -1: as the split fixes them; -q: the likes among q popular items
   * @param answered users the method itself had an answer for; the others got popularity
   * @param coverage share of the catalogue in anybody's first ten
   * @param versusPopularity paired difference of nDCG@10; null for popularity itself
   * @param versus the same to each further baseline, and of a hybrid to the single method with the
   *     best mean at this count: the best on these very users, so a high bar
   */
  public record Ranking(
      String method,
      int k,
      int users,
      int answered,
      Interval recall10,
      Interval ndcg10,
      Interval mrr,
      double coverage,
      @Nullable Interval versusPopularity,
      List<Versus> versus) {
    public Ranking {
      versus = List.copyOf(versus);
    }
  }

  /**
   * A paired comparison with another method; more is better.
   *
   * @param difference of nDCG@10 to the other one's
   */
  public record Versus(String method, Interval difference) {
    /** {@code wins} or {@code loses} where the interval leaves out zero, else {@code even}. */
    @JsonProperty
    public String verdict() {
      return difference.low() > 0 ? "wins" : difference.high() < 0 ? "loses" : "even";
    }
  }

  /**
   * A predictor at one interaction count.
   *
   * @param userMae interval over users' mean errors
   * @param ndcg1 of the query items in the order of their predicted ratings, gains 2^r - 1, at 1
   * @param ndcg3 the same at 3
   * @param versusBias paired difference of users' mean errors to the biases (of the user in the
   *     source domains, too, where there are any), below zero is better; null for these themselves
   */
  public record Rating(
      String method,
      int k,
      int users,
      long ratings,
      double mae,
      double rmse,
      Interval userMae,
      double ndcg1,
      double ndcg3,
      @Nullable Interval versusBias) {}
}
