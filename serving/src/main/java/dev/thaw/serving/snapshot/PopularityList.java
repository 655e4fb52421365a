package dev.thaw.serving.snapshot;

import java.util.Arrays;
import java.util.List;

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

  public List<String> ids() {
    return ids;
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
