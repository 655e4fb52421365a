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
 * @param curveAsks who is asked what in the curve
 * @param curve of users with enough positives, who are asked the same at every count
 * @param thirds rankings by how popular the items are
 * @param envelopes whether the hybrids are no worse than any single method; empty unless checked
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
    List<Rating> ratings,
    String curveAsks,
    List<CurvePoint> curve,
    List<Third> thirds,
    List<Envelope> envelopes) {
  public Figures {
    curve = List.copyOf(curve);
    thirds = List.copyOf(thirds);
    envelopes = List.copyOf(envelopes);
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
        List.of(),
        "",
        List.of(),
        List.of(),
        List.of());
  }

  /** The same figures with what was chosen before, and what could not be trained. */
  public Figures with(Map<String, String> before, Map<String, String> untrained) {
    return new Figures(
        domain,
        origin,
        trainingHash,
        seed,
        catalogue,
        untrained,
        before,
        rankings,
        ratings,
        curveAsks,
        curve,
        thirds,
        envelopes);
  }

  /** The same figures with the hybrids checked. */
  public Figures with(List<Envelope> checked) {
    return new Figures(
        domain,
        origin,
        trainingHash,
        seed,
        catalogue,
        skipped,
        chosen,
        rankings,
        ratings,
        curveAsks,
        curve,
        thirds,
        checked);
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

  /**
   * A method at one interaction count, of the users that the curve is drawn from.
   *
   * @param versusPopularity paired difference of nDCG@10; null for popularity itself
   */
  public record CurvePoint(
      String method,
      int k,
      int users,
      Interval recall10,
      Interval ndcg10,
      @Nullable Interval versusPopularity) {}

  /**
   * A method at one interaction count, by how much the items were liked in training.
   *
   * @param third one of {@link #NAMES}
   * @param items of the catalogue in it
   * @param ndcg10 of the same lists, where only items of this third are relevant, over users who
   *     like any
   * @param exposure share of the first ten places that items of this third have
   */
  public record Third(
      String method, int k, String third, int items, Interval ndcg10, double exposure) {
    /** The most liked items with a third of all likes, those with the next third, the others. */
    public static final List<String> NAMES = List.of("head", "middle", "tail");
  }

  /**
   * Whether a hybrid is nowhere worse than a single method by more than a margin.
   *
   * @param margin below zero: how much worse at most counts as no worse
   * @param confidence that all lower ends hold at once; and all upper ends
   * @param cells one per single method and interaction count
   */
  public record Envelope(
      String hybrid, double margin, double confidence, int users, List<Cell> cells) {
    public Envelope {
      cells = List.copyOf(cells);
    }

    /**
     * @param difference hybrid minus the method, nDCG@10, with simultaneous bounds
     */
    public record Cell(String method, int k, Interval difference) {}

    /**
     * {@code pass} where every lower end lies above the margin, {@code fail} where some upper end
     * lies below it, {@code undecided} between.
     */
    @JsonProperty
    public String verdict() {
      if (cells.stream().anyMatch(cell -> cell.difference().high() < margin)) {
        return "fail";
      }
      return !cells.isEmpty() && cells.stream().allMatch(cell -> cell.difference().low() > margin)
          ? "pass"
          : "undecided";
    }
  }
}
