package dev.thaw.evaluation.simulation;

import dev.thaw.evaluation.report.RegretFigure;
import dev.thaw.evaluation.report.Table;
import dev.thaw.evaluation.simulation.FirstWeekStudy.Assuming;
import dev.thaw.evaluation.simulation.FirstWeekStudy.Seeding;
import dev.thaw.evaluation.simulation.FirstWeekStudy.Showing;
import dev.thaw.evaluation.simulation.SemiSynthetic.Exploring;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** What simulations have come to, for people. Intervals of 95 % by bootstrap over seeds. */
public final class SimulationTables {
  private SimulationTables() {}

  /** All contenders of one world, in the order of their regret. */
  public static Table regret(
      String world, String description, List<RegretCurve> curves, long seed) {
    List<List<String>> rows = new ArrayList<>();
    for (RegretCurve curve : byRegret(curves)) {
      rows.add(
          List.of(
              curve.contender(),
              text(Bootstrap.DEFAULT.mean(curve.last(), new SplittableRandom(seed)), 1),
              text(Bootstrap.DEFAULT.mean(curve.rewards(), new SplittableRandom(seed)), 4),
              String.format(Locale.ROOT, "%.4f", curve.oracle())));
    }
    int rounds = curves.get(0).rounds()[curves.get(0).rounds().length - 1];
    return new Table(
        "regret-" + world,
        "World %s: %s; %,d rounds, %d seeds"
            .formatted(world, description, rounds, curves.get(0).runs().size()),
        List.of("policy", "regret at the end", "reward a round", "oracle"),
        rows);
  }

  /**
   * How much less each contender of a world loses than that which serves where nothing else is
   * said, over the same seeds.
   *
   * @param curves with one of that contender
   */
  public static Table againstDefault(String world, List<RegretCurve> curves, long seed) {
    double[] usual =
        curves.stream()
            .filter(curve -> curve.contender().equals(ServedContenders.DEFAULT))
            .findFirst()
            .orElseThrow()
            .last();
    List<List<String>> rows = new ArrayList<>();
    for (RegretCurve curve : byRegret(curves)) {
      if (!curve.contender().equals(ServedContenders.DEFAULT)) {
        double[] less = curve.last();
        Arrays.setAll(less, run -> usual[run] - less[run]);
        rows.add(
            List.of(
                curve.contender(),
                text(Bootstrap.DEFAULT.mean(less, new SplittableRandom(seed)), 1),
                Arrays.stream(less).filter(each -> each > 0).count() + " of " + less.length));
      }
    }
    return new Table(
        "paired-" + world,
        "World %s: regret of %s less that of others on the same seeds; above 0 they lose less"
            .formatted(world, ServedContenders.DEFAULT),
        List.of("policy", "regret saved", "seeds in which it is less"),
        rows);
  }

  private static List<RegretCurve> byRegret(List<RegretCurve> curves) {
    return curves.stream()
        .sorted(
            Comparator.comparingDouble(
                curve -> Arrays.stream(curve.last()).average().orElseThrow()))
        .toList();
  }

  /** The same as lines. */
  public static RegretFigure figure(
      String world, String description, List<RegretCurve> curves, long seed) {
    return RegretFigure.of(
        world + ": " + description,
        curves.stream()
            .map(
                curve ->
                    new RegretFigure.Line(curve.contender(), curve.rounds(), curve.regret(seed)))
            .toList());
  }

  /**
   * One row of {@link #seeding}.
   *
   * @param strength of content; empty for the ratings as they are
   */
  public record Seeded(OptionalDouble strength, Showing showing, Seeding figures) {}

  /** What starting from content is worth to new items. */
  public static Table seeding(String domain, List<Seeded> seeded) {
    return new Table(
        "first-week-" + domain,
        "New items of " + domain + " in their first week: click-through rates",
        List.of("content explains", "shown by", "from content", "from another's", "lift"),
        seeded.stream()
            .map(
                row ->
                    List.of(
                        explained(row.strength()),
                        row.showing().name().toLowerCase(Locale.ROOT),
                        text(row.figures().content(), 4),
                        text(row.figures().other(), 4),
                        percent(row.figures().lift())))
            .toList());
  }

  /**
   * One row for each prior of {@link #assuming}.
   *
   * @param strength of content; empty for the ratings as they are
   */
  public record Assumed(OptionalDouble strength, List<Assuming> priors) {}

  /**
   * What other priors than that of the domain's rate are worth to new items.
   *
   * @param showing how they are shown
   */
  public static Table assuming(String domain, Showing showing, List<Assumed> assumed) {
    return new Table(
        "priors-" + showing.name().toLowerCase(Locale.ROOT) + "-" + domain,
        "New items of "
            + domain
            + " in their first week, shown by "
            + showing.name().toLowerCase(Locale.ROOT)
            + ": click-through rates by what rate is assumed of them",
        List.of(
            "content explains", "assumed is", "click-through rate", "gain over the domain's rate"),
        assumed.stream()
            .flatMap(
                row ->
                    row.priors().stream()
                        .map(
                            each ->
                                List.of(
                                    explained(row.strength()),
                                    each.priors().label(),
                                    text(each.rate(), 4),
                                    percent(each.gain()))))
            .toList());
  }

  /** What exploring slots cost and earn. */
  public static Table exploring(String domain, List<Exploring> pages) {
    return new Table(
        "exploring-" + domain,
        "Pages of ten of " + domain + " over four weeks",
        List.of(
            "exploring slots",
            "likes a visit",
            "gain over ranking alone",
            "by new items",
            "in the first week",
            "ahead from day"),
        pages.stream()
            .map(
                page ->
                    List.of(
                        "" + page.slots(),
                        text(page.engagement(), 4),
                        percent(page.gain()),
                        percent(page.ofNewItems()),
                        percent(page.firstWeek()),
                        page.breakEven() == 0 ? "never" : "" + page.breakEven()))
            .toList());
  }

  private static String explained(OptionalDouble strength) {
    return strength.isPresent() ? "" + strength.getAsDouble() : "as in the ratings";
  }

  private static String text(Interval interval, int digits) {
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " [" + number + ", " + number + "]",
        interval.mean(),
        interval.low(),
        interval.high());
  }

  private static String percent(Interval interval) {
    return String.format(
        Locale.ROOT,
        "%+.1f %% [%+.1f, %+.1f]",
        100 * interval.mean(),
        100 * interval.low(),
        100 * interval.high());
  }
}
