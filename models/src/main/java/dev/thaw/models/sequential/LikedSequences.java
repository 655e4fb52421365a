package dev.thaw.models.sequential;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the users of a domain liked, oldest first; of one user each item once. Immutable.
 *
 * @param items liked by anybody
 * @param counts users who like each item, by its number
 * @param sequences numbers of items, one sequence for each user with two or more; the arrays are
 *     not copied and must not be changed
 * @param dataHash of the interactions
 */
@SuppressWarnings("ArrayRecordComponent")
public record LikedSequences(
    DomainId domain,
    RatingScale scale,
    ItemDictionary items,
    int[] counts,
    List<int[]> sequences,
    String dataHash) {

  /** Users with likes of different times; fewer can't teach an order. */
  public static final int MIN_USERS = 100;

  public LikedSequences {
    sequences = List.copyOf(sequences);
  }

  /**
   * Why there is no order to learn; empty where there is one. O(interactions).
   *
   * @param interactions likes and others
   */
  public static Optional<String> obstacle(Interactions interactions, RatingScale scale) {
    int users = 0;
    for (int u = 0; u < interactions.users().size(); u++) {
      users += likesAtDifferentTimes(interactions, scale, u) ? 1 : 0;
    }
    return users >= MIN_USERS
        ? Optional.empty()
        : Optional.of(
            "needs " + MIN_USERS + " users with likes at two different times, there are " + users);
  }

  private static boolean likesAtDifferentTimes(Interactions data, RatingScale scale, int user) {
    long first = 0;
    boolean any = false;
    for (int at = data.rowStart(user); at < data.rowStart(user + 1); at++) {
      if (scale.isPositive(data.rowStrength(at))) {
        if (any && data.rowTime(at) != first) {
          return true;
        }
        first = data.rowTime(at);
        any = true;
      }
    }
    return false;
  }

  /**
   * The likes among interactions. Those of one time come in a random order: the order of ids says
   * something of the items in most data sets.
   */
  public static LikedSequences of(
      Interactions interactions, RatingScale scale, RandomGenerator random) {
    Interactions likes = interactions.where(scale::isPositive);
    List<ItemId> liked = new ArrayList<>();
    for (int item = 0; item < likes.items().size(); item++) {
      if (likes.columnLength(item) > 0) {
        liked.add(likes.items().get(item));
      }
    }
    ItemDictionary items = ItemDictionary.of(liked);
    int[] counts = new int[items.size()];
    for (int item = 0; item < counts.length; item++) {
      counts[item] = likes.columnLength(likes.items().indexOf(items.get(item)));
    }
    List<int[]> sequences = new ArrayList<>();
    for (int u = 0; u < likes.users().size(); u++) {
      if (likes.rowLength(u) >= 2) {
        sequences.add(inOrder(likes, u, items, random));
      }
    }
    return new LikedSequences(
        interactions.domain(), scale, items, counts, sequences, interactions.dataHash());
  }

  private static int[] inOrder(
      Interactions likes, int user, ItemDictionary items, RandomGenerator random) {
    List<Integer> entries = new ArrayList<>();
    for (int at = likes.rowStart(user); at < likes.rowStart(user + 1); at++) {
      entries.add(at);
    }
    List<Integer> shuffled = Shuffled.of(entries, random);
    shuffled.sort(Comparator.comparingLong(likes::rowTime));
    return shuffled.stream()
        .mapToInt(at -> items.indexOf(likes.items().get(likes.rowItem(at))))
        .toArray();
  }

  /**
   * What a history says to a model: numbers of the liked items that it knows, oldest first, of
   * these the newest.
   *
   * @param length at most so many
   */
  static int[] of(History history, RatingScale scale, ItemDictionary items, int length) {
    int[] newestFirst =
        history.entries().stream()
            .filter(entry -> scale.isPositive(entry.strength()))
            .mapToInt(entry -> items.indexOf(entry.item()))
            .filter(item -> item >= 0)
            .limit(length)
            .toArray();
    int[] inOrder = new int[newestFirst.length];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = newestFirst[inOrder.length - 1 - i];
    }
    return inOrder;
  }

  @Override
  public String toString() {
    return "LikedSequences["
        + domain
        + ", "
        + sequences.size()
        + " users, "
        + items.size()
        + " items]";
  }
}
