package dev.thaw.models.projection;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who likes each of some items, in a random order: the first n are what is known of it after n
 * likes, at most half of them, so that every item is asked for at every n. Immutable, thread-safe.
 */
final class KnownLikes {
  private final int[][] likedBy;

  /**
   * @param items by number, in the order they are asked for
   */
  KnownLikes(Interactions likes, int[] items, RandomGenerator random) {
    likedBy = new int[items.length][];
    for (int i = 0; i < items.length; i++) {
      List<Integer> users = new ArrayList<>();
      for (int at = likes.columnStart(items[i]); at < likes.columnStart(items[i] + 1); at++) {
        users.add(likes.columnUser(at));
      }
      likedBy[i] = Shuffled.of(users, random).stream().mapToInt(user -> user).toArray();
    }
  }

  /** Numbers of users. */
  int[] of(int place, int n) {
    return Arrays.copyOf(likedBy[place], Math.min(n, likedBy[place].length / 2));
  }

  boolean isKnown(int place, int n, int user) {
    int known = Math.min(n, likedBy[place].length / 2);
    for (int i = 0; i < known; i++) {
      if (likedBy[place][i] == user) {
        return true;
      }
    }
    return false;
  }
}
