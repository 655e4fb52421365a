package dev.thaw.models.validation;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.RankerGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Every user of a sample held out whole in one of four folds and met by rankers that were trained
 * on the other folds, as {@link ColdUsers}: four times as many users to choose by as one held-out
 * group of the same data has, for four trainings. Immutable.
 */
public final class CrossValidation {
  private static final int FOLDS = 4;
  private static final int LEAST_OF_FEW = 5;

  /** What rankers are asked at to choose among their forms. */
  private static final List<Integer> GIVEN =
      Stream.concat(ColdUsers.GIVEN.stream(), Stream.of(ColdUsers.asked(3), ColdUsers.asked(10)))
          .toList();

  private final List<ColdUsers> folds;

  private CrossValidation(List<ColdUsers> folds) {
    this.folds = folds;
  }

  /**
   * @param attributes that rankers are told of the users
   */
  public static CrossValidation of(
      Interactions positives, UserAttributes attributes, RandomGenerator random) {
    return new CrossValidation(
        TuningSample.folds(positives, attributes, FOLDS, ColdUsers.MIN_USERS, random));
  }

  /** The same of fewer users, who can tell only what makes a large difference. */
  public static CrossValidation ofFew(
      Interactions positives, UserAttributes attributes, RandomGenerator random) {
    return new CrossValidation(
        TuningSample.folds(positives, attributes, FOLDS, LEAST_OF_FEW, random));
  }

  /** Too little data to hold anybody out. */
  public boolean isEmpty() {
    return folds.isEmpty();
  }

  /** What the rankers of one fold are trained on. */
  public Interactions oneTraining() {
    return folds.get(0).training();
  }

  /** Users that choose. */
  public int size() {
    return folds.stream().mapToInt(ColdUsers::size).sum();
  }

  /**
   * nDCG at 10 of one candidate.
   *
   * @param byGiven of each user that has more than so many interactions, in one order for all
   *     candidates
   */
  public record Measured(Map<Integer, double[]> byGiven) {
    /** Mean over all that users were met with: who was met more often counts more. */
    public double meanOfAll(Collection<Integer> given) {
      return given.stream()
          .flatMapToDouble(each -> Arrays.stream(byGiven.getOrDefault(each, new double[0])))
          .average()
          .orElse(0);
    }

    /** Of each user that was met with this. */
    public double[] of(int given) {
      return byGiven.getOrDefault(given, new double[0]).clone();
    }

    /** Mean over these numbers of the mean over users: one figure to choose by. */
    public double mean(Collection<Integer> given) {
      return given.stream()
          .map(each -> byGiven.getOrDefault(each, new double[0]))
          .filter(users -> users.length > 0)
          .mapToDouble(users -> Arrays.stream(users).average().orElseThrow())
          .average()
          .orElse(0);
    }
  }

  /**
   * Trains the candidates on each fold's others and measures them on the fold.
   *
   * @param candidates of a training, as many and in the same order each time
   */
  public List<Measured> measure(Function<Interactions, List<? extends Ranker>> candidates) {
    return measureGroups(
        training ->
            candidates.apply(training).stream()
                .map(ranker -> new Asked(RankerGroup.of(ranker), GIVEN))
                .toList());
  }

  /**
   * Rankers, and what they are measured at.
   *
   * @param given of {@link ColdUsers}
   */
  public record Asked(RankerGroup rankers, Collection<Integer> given) {}

  /**
   * The same of groups of candidates: one result per ranker, those of the first group first.
   *
   * @param candidates of a training, as many and in the same order each time
   */
  public List<Measured> measureGroups(Function<Interactions, List<Asked>> candidates) {
    List<Map<Integer, List<double[]>>> parts = new ArrayList<>();
    for (ColdUsers fold : folds) {
      int first = 0;
      for (Asked asked : candidates.apply(fold.training())) {
        while (parts.size() < first + asked.rankers.size()) {
          parts.add(new HashMap<>());
        }
        for (int given : asked.given) {
          List<double[]> figures = fold.ndcg(asked.rankers, given);
          for (int r = 0; r < figures.size(); r++) {
            parts.get(first + r).computeIfAbsent(given, g -> new ArrayList<>()).add(figures.get(r));
          }
        }
        first += asked.rankers.size();
      }
    }
    return parts.stream().map(CrossValidation::joined).toList();
  }

  private static Measured joined(Map<Integer, List<double[]>> parts) {
    Map<Integer, double[]> byGiven = new HashMap<>();
    parts.forEach(
        (given, folds) ->
            byGiven.put(given, folds.stream().flatMapToDouble(Arrays::stream).toArray()));
    return new Measured(byGiven);
  }
}
