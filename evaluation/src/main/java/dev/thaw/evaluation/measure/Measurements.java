package dev.thaw.evaluation.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What every method did for every user of one experiment, or of several whose test users are
 * disjoint.
 *
 * @param of which experiment
 * @param ranked by interactions given: each method on the same users, popularity first
 * @param rated likewise, predictors
 */
public record Measurements(
    Subject of,
    SortedMap<Integer, List<RankedUsers>> ranked,
    SortedMap<Integer, List<RatedUsers>> rated) {

  /**
   * @param origin where the split came from
   * @param curveAsks what the curve asks, at every count the same
   * @param trainingHash data hash of what was trained on
   * @param catalogue number of items
   * @param thirds number of items that make up each third of the likes, the most liked first
   */
  public record Subject(
      String domain,
      String origin,
      String curveAsks,
      String trainingHash,
      int catalogue,
      List<Integer> thirds) {
    public Subject {
      thirds = List.copyOf(thirds);
    }
  }

  /**
   * Several folds as one: of methods that all of them have, since only these met every user.
   *
   * @throws IllegalArgumentException if a user was tested twice
   */
  public static Measurements join(String origin, List<Measurements> folds) {
    SortedMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    SortedMap<Integer, List<RatedUsers>> rated = new TreeMap<>();
    for (int k : folds.get(0).ranked.keySet()) {
      ranked.put(
          k,
          joined(
              folds.stream().map(fold -> fold.ranked.getOrDefault(k, List.of())).toList(),
              each -> each.method().name(),
              RankedUsers::join));
      ranked.get(k).forEach(each -> requireDisjoint(each));
    }
    for (int k : folds.get(0).rated.keySet()) {
      rated.put(
          k,
          joined(
              folds.stream().map(fold -> fold.rated.getOrDefault(k, List.of())).toList(),
              RatedUsers::method,
              RatedUsers::join));
    }
    Subject first = folds.get(0).of;
    String hashes =
        folds.stream().map(fold -> fold.of.trainingHash()).collect(Collectors.joining(","));
    return new Measurements(
        new Subject(
            first.domain(), origin, first.curveAsks(), hashes, first.catalogue(), first.thirds()),
        ranked,
        rated);
  }

  private static void requireDisjoint(RankedUsers joined) {
    Set<Object> met = new HashSet<>();
    joined
        .users()
        .forEach(
            user -> {
              if (!met.add(user)) {
                throw new IllegalArgumentException("user " + user + " is tested in two folds");
              }
            });
  }

  private static <T> List<T> joined(
      List<List<T>> folds, Function<T, String> name, Function<List<T>, T> join) {
    List<T> joined = new ArrayList<>();
    for (T each : folds.get(0)) {
      List<T> parts =
          folds.stream()
              .flatMap(
                  fold ->
                      fold.stream()
                          .filter(other -> name.apply(other).equals(name.apply(each)))
                          .limit(1))
              .toList();
      if (parts.size() == folds.size()) {
        joined.add(join.apply(parts));
      }
    }
    return joined;
  }

  /** Names of methods that are in some fold but not in all, each with the number of folds. */
  public static Map<String, Integer> missingSomewhere(List<Measurements> folds) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Measurements fold : folds) {
      Set<String> names = new HashSet<>();
      fold.ranked.values().forEach(row -> row.forEach(each -> names.add(each.method().name())));
      names.forEach(name -> counts.merge(name, 1, Integer::sum));
    }
    counts.values().removeIf(count -> count == folds.size());
    return counts;
  }
}
