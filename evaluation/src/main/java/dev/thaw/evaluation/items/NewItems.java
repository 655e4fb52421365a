package dev.thaw.evaluation.items;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.projection.FirstLikes;
import dev.thaw.models.projection.Seen;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Items held out whole, each with the users who like it in the order in which they did, see {@link
 * FirstLikes}. Immutable, thread-safe.
 */
final class NewItems {
  private final Interactions training;
  private final int[] items;
  private final FirstLikes likes;

  private NewItems(Interactions training, int[] items, FirstLikes likes) {
    this.training = training;
    this.items = items;
    this.likes = likes;
  }

  /**
   * @param likes of everybody
   */
  static NewItems of(Interactions likes, HeldOut which, long seed) {
    int[] items = which.of(likes, seed);
    BitSet chosen = new BitSet();
    IntStream.of(items).forEach(chosen::set);
    Interactions training = likes.ofItems(item -> !chosen.get(item));
    return new NewItems(training, items, FirstLikes.of(likes, items, training, seed));
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
    return likes.users(item);
  }

  int likes(int item) {
    return likes.count(item);
  }

  /** Users known to like an item after so many interactions: half of them at most. */
  int known(int item, int interactions) {
    return likes.known(item, interactions);
  }

  int[] knownUsers(int item, int interactions) {
    return likes.knownUsers(item, interactions);
  }

  /** How long the item has been there after so many interactions. */
  Seen seen(int item, int interactions) {
    return likes.seen(item, interactions);
  }
}
