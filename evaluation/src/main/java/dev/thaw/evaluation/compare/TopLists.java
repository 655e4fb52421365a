package dev.thaw.evaluation.compare;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one recommender showed each held-out user, by the number of interactions it was given.
 * Immutable; whoever gets an array leaves it as it is.
 */
public final class TopLists {
  /** In place of an item that was refused: nothing moves up. */
  public static final int MISS = -1;

  private final String name;
  private final Map<Integer, Map<UserId, int[]>> lists;

  /**
   * @param lists numbers of items or {@link #MISS}, best first, by interactions given and user
   */
  TopLists(String name, Map<Integer, Map<UserId, int[]>> lists) {
    this.name = name;
    this.lists = new HashMap<>();
    lists.forEach((k, users) -> this.lists.put(k, Map.copyOf(users)));
  }

  /** Of the recommender. */
  public String name() {
    return name;
  }

  /** Empty where the recommender gave none. */
  public Optional<int[]> of(int k, UserId user) {
    return Optional.ofNullable(lists.getOrDefault(k, Map.of()).get(user));
  }

  /** How many users have one. */
  public int size(int k) {
    return lists.getOrDefault(k, Map.of()).size();
  }
}
