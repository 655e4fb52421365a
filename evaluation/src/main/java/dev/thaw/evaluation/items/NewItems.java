package dev.thaw.evaluation.items;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Items held out whole, each with the users who like it in an order of the seed: the first n are
 * what is known of it after n interactions, at most half of them, so that every item is asked for
 * at every n. Immutable, thread-safe.
 */
final class NewItems {
  private final Interactions training;
  private final int[] items;
  private final int[][] likedBy;

  private NewItems(Interactions training, int[] items, int[][] likedBy) {
    this.training = training;
    this.items = items;
    this.likedBy = likedBy;
  }

  /**
   * @param likes of everybody; which items are held out is drawn among those with at least two
   * @param share of the items, in (0, 1)
   */
  static NewItems draw(Interactions likes, double share, long seed) {
    List<Integer> able =
        IntStream.range(0, likes.items().size())
            .filter(item -> likes.columnLength(item) >= 2)
            .boxed()
            .toList();
    int wanted = (int) Math.round(able.size() * share);
    BitSet chosen = new BitSet();
    Shuffled.of(able, new SplittableRandom(seed)).subList(0, wanted).forEach(chosen::set);
    int[] items = chosen.stream().toArray();
    int[][] likedBy = new int[items.length][];
    for (int i = 0; i < items.length; i++) {
      likedBy[i] = users(likes, items[i], seed);
    }
    return new NewItems(likes.ofItems(item -> !chosen.get(item)), items, likedBy);
  }

  private static int[] users(Interactions likes, int item, long seed) {
    List<Integer> users = new ArrayList<>();
    for (int at = likes.columnStart(item); at < likes.columnStart(item + 1); at++) {
      users.add(likes.columnUser(at));
    }
    long own = seed ^ Hash64.of(likes.items().get(item).value());
    return Shuffled.of(users, new SplittableRandom(own)).stream().mapToInt(u -> u).toArray();
  }

  /** What everybody likes of the other items; the held-out ones have numbers and no entries. */
  Interactions training() {
    return training;
  }

  /** Number of held-out items. */
  int size() {
    return items.length;
  }

  ItemId id(int item) {
    return training.items().get(items[item]);
  }

  /** Numbers of the users who like the item, in the order in which they become known. */
  int[] likedBy(int item) {
    return likedBy[item].clone();
  }

  int likes(int item) {
    return likedBy[item].length;
  }

  /** Users known to like an item after so many interactions: half of them at most. */
  int known(int item, int interactions) {
    return Math.min(interactions, likedBy[item].length / 2);
  }

  int[] knownUsers(int item, int interactions) {
    return Arrays.copyOf(likedBy[item], known(item, interactions));
  }
}
