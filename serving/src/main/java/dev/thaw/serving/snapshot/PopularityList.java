package dev.thaw.serving.snapshot;

import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Item ids, most popular first, with their scores. Immutable. */
public final class PopularityList {
  public static final PopularityList EMPTY = new PopularityList(List.of(), new double[0]);

  private final List<String> ids;
  private final double[] scores;

  /**
   * @throws IllegalArgumentException if there are not as many scores as ids
   */
  public PopularityList(List<String> ids, double[] scores) {
    if (ids.size() != scores.length) {
      throw new IllegalArgumentException(
          "scores must be as many as ids, were " + scores.length + " for " + ids.size());
    }
    this.ids = List.copyOf(ids);
    this.scores = scores.clone();
  }

  /** As a training counted them. */
  static PopularityList of(Popularity popularity) {
    List<Popularity.Counted> ranked = popularity.ranked();
    return new PopularityList(
        ranked.stream().map(each -> each.item().value()).toList(),
        ranked.stream().mapToDouble(Popularity.Counted::count).toArray());
  }

  /** The first of them. */
  PopularityList top(int most) {
    int size = Math.min(most, ids.size());
    return new PopularityList(ids.subList(0, size), Arrays.copyOf(scores, size));
  }

  public List<String> ids() {
    return ids;
  }

  /** This list with what only the other has behind it. */
  PopularityList before(PopularityList other) {
    Set<String> known = new HashSet<>(ids);
    List<String> all = new ArrayList<>(ids);
    double[] both = Arrays.copyOf(scores, ids.size() + other.ids.size());
    for (int i = 0; i < other.ids.size(); i++) {
      if (known.add(other.ids.get(i))) {
        both[all.size()] = other.scores[i];
        all.add(other.ids.get(i));
      }
    }
    return new PopularityList(all, Arrays.copyOf(both, all.size()));
  }

  public double score(int place) {
    return scores[place];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PopularityList that
        && ids.equals(that.ids)
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * ids.hashCode() + Arrays.hashCode(scores);
  }
}
