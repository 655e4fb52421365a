package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Map;

/** Scores all items of a domain for a user of whom a history is known. Thread-safe. */
public interface Ranker {
  /** Standard name, such as {@code popularity} or {@code implicit-als}. */
  String name();

  /** What the scores are of, by number. */
  ItemDictionary items();

  /**
   * Writes one score per item; higher is better. Items of the history are scored like all others.
   *
   * @param out as long as {@link #items}
   */
  void score(History history, float[] out);

  /**
   * Whether a history without likes says something to it, too: by what was asked about in
   * onboarding and is not liked.
   */
  default boolean saysWithoutLikes(History history) {
    return false;
  }

  /**
   * The same for a user whose attributes are known, as far as the ranker makes anything of them.
   *
   * @param attributes of the profile, by name
   */
  default void score(History history, Map<String, String> attributes, float[] out) {
    score(history, out);
  }
}
