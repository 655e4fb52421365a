package dev.thaw.evaluation.measure;

import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RatingErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes the rows of a report out of what was measured of each user. */
public final class Rows {
  private final Measurements measured;
  private final Bootstrap bootstrap;
  private final long seed;

  public Rows(Measurements measured, Bootstrap bootstrap, long seed) {
    this.measured = measured;
    this.bootstrap = bootstrap;
    this.seed = seed;
  }

  public Figures figures() {
    List<Figures.Ranking> rankings = new ArrayList<>();
    List<Figures.CurvePoint> curve = new ArrayList<>();
    List<Figures.Third> thirds = new ArrayList<>();
    measured
        .ranked()
        .forEach(
            (k, methods) -> {
              methods.forEach(each -> rankings.add(ranking(k, each, methods)));
              methods.forEach(each -> curve(k, each, methods.get(0)).ifPresent(curve::add));
              methods.forEach(each -> thirds.addAll(thirds(k, each)));
            });
    List<Figures.Rating> ratings = new ArrayList<>();
    measured
        .rated()
        .forEach(
            (k, methods) -> {
              Optional<double[]> bar =
                  methods.stream().filter(RatedUsers::isBar).map(RatedUsers::userMae).findFirst();
              methods.forEach(each -> ratings.add(rating(k, each, bar)));
            });
    Measurements.Subject of = measured.of();
    return new Figures(
        of.domain(),
        of.origin(),
        of.trainingHash(),
        seed,
        of.catalogue(),
        Map.of(),
        Map.of(),
        rankings,
        ratings,
        of.curveAsks(),
        curve,
        thirds,
        List.of());
  }

  private Figures.Ranking ranking(int k, RankedUsers of, List<RankedUsers> all) {
    boolean isPopularity = all.get(0) == of;
    return new Figures.Ranking(
        of.method().name(),
        k,
        of.users().size(),
        of.answers(),
        mean(of.recall()),
        mean(of.ndcg()),
        mean(of.mrr()),
        of.coverage(measured.of().catalogue()),
        isPopularity ? null : difference(of.ndcg(), all.get(0).ndcg()),
        isPopularity ? List.of() : versus(of, all));
  }

  /**
   * Further baselines and, of a hybrid, the best single method, none twice; of a recommender of
   * somebody else all of ours.
   */
  private List<Figures.Versus> versus(RankedUsers of, List<RankedUsers> all) {
    Set<RankedUsers> others = new LinkedHashSet<>();
    if (of.method().isOther()) {
      all.stream().filter(each -> !each.method().isOther()).forEach(others::add);
    }
    if (of.method().isHybrid()) {
      all.stream()
          .filter(each -> each.method().isSingle())
          .max(Comparator.comparingDouble(RankedUsers::meanNdcg))
          .ifPresent(others::add);
    }
    all.stream()
        .skip(1)
        .filter(each -> each.method().role() == RankingMethod.Role.BASELINE)
        .forEach(others::add);
    others.remove(of);
    return others.stream()
        .map(each -> new Figures.Versus(each.method().name(), difference(of.ndcg(), each.ndcg())))
        .toList();
  }

  private Optional<Figures.CurvePoint> curve(int k, RankedUsers of, RankedUsers popularity) {
    double[] ndcg = of.curveNdcg();
    return ndcg.length == 0
        ? Optional.empty()
        : Optional.of(
            new Figures.CurvePoint(
                of.method().name(),
                k,
                ndcg.length,
                mean(of.curveRecall()),
                mean(ndcg),
                of == popularity ? null : difference(ndcg, popularity.curveNdcg())));
  }

  private List<Figures.Third> thirds(int k, RankedUsers of) {
    List<Figures.Third> rows = new ArrayList<>();
    for (int third = 0; third < PopularityThirds.COUNT; third++) {
      rows.add(
          new Figures.Third(
              of.method().name(),
              k,
              Figures.Third.NAMES.get(third),
              measured.of().thirds().get(third),
              mean(of.thirdNdcg(third)),
              mean(of.thirdShown(third)).mean()));
    }
    return rows;
  }

  private Figures.Rating rating(int k, RatedUsers of, Optional<double[]> bar) {
    RatingErrors all = of.errors();
    return new Figures.Rating(
        of.method(),
        k,
        of.users(),
        all.count(),
        all.mae(),
        all.rmse(),
        mean(of.userMae()),
        of.meanNdcg1(),
        of.meanNdcg3(),
        of.isBar() ? null : bar.map(other -> difference(of.userMae(), other)).orElse(null));
  }

  private Interval mean(double[] perUser) {
    return bootstrap.mean(perUser, random());
  }

  private Interval difference(double[] a, double[] b) {
    return bootstrap.pairedDifference(a, b, random());
  }

  /** The same resamples for every method. */
  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
