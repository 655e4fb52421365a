package dev.thaw.models.projection;

import dev.thaw.models.binary.Hash64;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Who likes each of some items, in the order in which they came, those of one time and those
 * without any in a random one: the first n are what is known of an item after n likes, at most half
 * of them, so that every item is asked for at every n. Immutable, thread-safe.
 */
public final class FirstLikes {
  private final List<List<Like>> likes;
  private final Exposure exposure;

  private record Like(int user, long time) {}

  private FirstLikes(List<List<Like>> likes, Exposure exposure) {
    this.likes = likes;
    this.exposure = exposure;
  }

  /**
   * @param all likes of these and other items
   * @param items by number, in the order they are asked for
   * @param life of the domain: by its interactions the share is counted that an item has seen
   * @param seed of the random order
   */
  public static FirstLikes of(Interactions all, int[] items, Interactions life, long seed) {
    Map<Integer, List<Like>> likes = new HashMap<>();
    Arrays.stream(items).forEach(item -> likes.put(item, new ArrayList<>()));
    for (int user = 0; user < all.users().size(); user++) {
      for (int at = all.rowStart(user); at < all.rowStart(user + 1); at++) {
        List<Like> ofItem = likes.get(all.rowItem(at));
        if (ofItem != null) {
          ofItem.add(new Like(user, all.rowTime(at)));
        }
      }
    }
    List<List<Like>> ordered = new ArrayList<>();
    for (int item : items) {
      long own = seed ^ Hash64.of(all.items().get(item).value());
      List<Like> one =
          new ArrayList<>(
              Shuffled.of(likes.getOrDefault(item, List.of()), new SplittableRandom(own)));
      one.sort(Comparator.comparingLong(Like::time));
      ordered.add(List.copyOf(one));
    }
    return new FirstLikes(List.copyOf(ordered), Exposure.of(life));
  }

  /** How many users like the item. */
  public int count(int place) {
    return likes.get(place).size();
  }

  /** Numbers of all users who like the item, in their order. */
  public int[] users(int place) {
    return likes.get(place).stream().mapToInt(Like::user).toArray();
  }

  /** How many likes are known of the item after n: half of them at most. */
  public int known(int place, int n) {
    return Math.min(n, count(place) / 2);
  }

  /** Numbers of the users that {@link #known} counts. */
  public int[] knownUsers(int place, int n) {
    return likes.get(place).stream().limit(known(place, n)).mapToInt(Like::user).toArray();
  }

  /** Whether the user is one of {@link #knownUsers}. */
  boolean isKnown(int place, int n, int user) {
    return likes.get(place).stream().limit(known(place, n)).anyMatch(like -> like.user == user);
  }

  /** How long the item has been there from its first to its n-th like. */
  public Seen seen(int place, int n) {
    int known = known(place, n);
    if (known == 0 || likes.get(place).get(0).time == Interactions.UNTIMED) {
      return Seen.UNTIMED;
    }
    return new Seen(
        known - 1,
        exposure.between(likes.get(place).get(0).time, likes.get(place).get(known - 1).time));
  }
}
