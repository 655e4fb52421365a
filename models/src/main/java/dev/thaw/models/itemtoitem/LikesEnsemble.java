package dev.thaw.models.itemtoitem;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.Ranker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Several rankers of one domain's likes, by the weighted sum of their scores, each brought to mean
 * zero and variance one over the items it knows (CombSUM, Fox and Shaw, TREC-2 1994; standardised
 * as by Montague and Aslam, CIKM 2001). An item that one of them does not know counts with the
 * lowest score of that one. At least one member counts, so that every item that anybody liked is
 * known. O(members x items). Immutable, thread-safe.
 */
public final class LikesEnsemble implements Ranker {
  private final List<Member> members;

  /** One that counts: it knows what anybody liked, and so all that other members know. */
  private final ItemToItemModel counting;

  /**
   * @param weight above 0
   */
  record Member(LikesRanker ranker, int weight) {
    Member {
      if (weight < 1) {
        throw new IllegalArgumentException("weight must be >= 1, was " + weight);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if there are none, or members of different items
   */
  LikesEnsemble(List<Member> members) {
    this.counting =
        members.stream()
            .map(Member::ranker)
            .filter(ItemToItemModel.class::isInstance)
            .map(ItemToItemModel.class::cast)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("an ensemble needs a model that counts"));
    for (Member member : members) {
      if (!member.ranker.items().equals(counting.items())
          || !member.ranker.domain().equals(counting.domain())) {
        throw new IllegalArgumentException(
            "models must be of the same items, were of " + counting + " and " + member.ranker);
      }
    }
    this.members = List.copyOf(members);
  }

  /** What domain, items, scale and known items of the ensemble are read from. */
  ItemToItemModel counting() {
    return counting;
  }

  List<Member> members() {
    return members;
  }

  @Override
  public String name() {
    return "item-to-item";
  }

  @Override
  public ItemDictionary items() {
    return counting.items();
  }

  /** One member's scores are left as they are. Items that nobody liked come last. */
  @Override
  public void score(History history, float[] out) {
    score(history, Map.of(), out);
  }

  /** The same, for members that make something of attributes. */
  @Override
  public void score(History history, Map<String, String> attributes, float[] out) {
    if (members.size() == 1) {
      counting.score(history, attributes, out);
      return;
    }
    float[] sums = new float[out.length];
    for (Member member : members) {
      member.ranker.score(history, attributes, out);
      standardise(out);
      add(member.weight, out, sums);
    }
    for (int item = 0; item < out.length; item++) {
      out[item] = counting.knows(item) ? sums[item] : Float.NEGATIVE_INFINITY;
    }
  }

  /** Answers of the history that any member understands, whatever they say. */
  int answers(History history) {
    int answers = 0;
    for (Member member : members) {
      if (member.ranker instanceof AnswerRegression regression) {
        answers = Math.max(answers, regression.answers(history));
      }
    }
    return answers;
  }

  static void add(int weight, float[] standardised, float[] sums) {
    for (int item = 0; item < sums.length; item++) {
      sums[item] += weight * standardised[item];
    }
  }

  /** Brings finite scores to mean zero and variance one, and all others to the lowest of them. */
  static void standardise(float[] scores) {
    int known = 0;
    double sum = 0;
    double squares = 0;
    float lowest = Float.POSITIVE_INFINITY;
    for (float score : scores) {
      if (score != Float.NEGATIVE_INFINITY) {
        known++;
        sum += score;
        squares += (double) score * score;
        lowest = Math.min(lowest, score);
      }
    }
    double mean = sum / Math.max(1, known);
    double variance = squares / Math.max(1, known) - mean * mean;
    // scores that are all alike say nothing
    double times = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    if (known == 0) {
      Arrays.fill(scores, 0);
      return;
    }
    for (int item = 0; item < scores.length; item++) {
      float score = scores[item] == Float.NEGATIVE_INFINITY ? lowest : scores[item];
      scores[item] = (float) ((score - mean) * times);
    }
  }

  @Override
  public String toString() {
    return "LikesEnsemble" + members;
  }
}
