package dev.thaw.evaluation.offpolicy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mean reward of an arm in a segment, shrunk towards the arm's over all segments, that one towards
 * the mean of all rounds: {@code (sum + m prior) / (n + m)}, the posterior mean under a prior worth
 * m rounds. 0 before the first round.
 *
 * @param strength m, above 0
 */
public record ShrunkenMeans(double strength) implements RewardModel.Trainer {
  /** A segment's or an arm's own mean counts half from twenty rounds on. */
  public static final ShrunkenMeans DEFAULT = new ShrunkenMeans(20);

  public ShrunkenMeans {
    if (!(strength > 0)) {
      throw new IllegalArgumentException("strength must be > 0, was " + strength);
    }
  }

  private static final class Sum {
    private double rewards;
    private int rounds;

    void add(double reward) {
      rewards += reward;
      rounds++;
    }
  }

  private static final class Sums {
    private final Sum arm = new Sum();
    private final Map<Integer, Sum> bySegment = new HashMap<>();
  }

  @Override
  public RewardModel fit(List<LoggedRound> rounds) {
    Sum all = new Sum();
    Map<Integer, Sums> byArm = new HashMap<>();
    for (LoggedRound round : rounds) {
      LoggedSlot first = round.slots().get(0);
      Sums sums = byArm.computeIfAbsent(first.arm(), arm -> new Sums());
      all.add(first.reward());
      sums.arm.add(first.reward());
      sums.bySegment.computeIfAbsent(round.segment(), s -> new Sum()).add(first.reward());
    }
    double overall = all.rounds == 0 ? 0 : all.rewards / all.rounds;
    Map<Integer, Double> means = new HashMap<>();
    Map<Integer, Map<Integer, Double>> bySegment = new HashMap<>();
    byArm.forEach(
        (arm, sums) -> {
          double mean = shrunk(sums.arm, overall);
          means.put(arm, mean);
          Map<Integer, Double> own = new HashMap<>();
          sums.bySegment.forEach((segment, sum) -> own.put(segment, shrunk(sum, mean)));
          bySegment.put(arm, own);
        });
    return (round, place) -> {
      int arm = round.eligible().arm(place);
      Double own = bySegment.getOrDefault(arm, Map.of()).get(round.segment());
      return own == null ? means.getOrDefault(arm, overall) : own;
    };
  }

  private double shrunk(Sum sum, double prior) {
    return (sum.rewards + strength * prior) / (sum.rounds + strength);
  }
}
