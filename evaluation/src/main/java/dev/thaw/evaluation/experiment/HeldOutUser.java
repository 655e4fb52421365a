package dev.thaw.evaluation.experiment;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.history.History;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A user of whom no interaction in the target domain was trained on.
 *
 * @param inOrder all interactions in the target domain, oldest first
 * @param support number of leading interactions that a split fixes as what may be given, all that
 *     follows being the query at every K; null where the first K are given and the rest is asked
 */
public record HeldOutUser(UserId user, List<History.Entry> inOrder, @Nullable Integer support) {
  public HeldOutUser {
    inOrder = List.copyOf(inOrder);
    if (support != null && (support < 0 || support > inOrder.size())) {
      throw new IllegalArgumentException(
          "support of user " + user + " must be in [0, " + inOrder.size() + "], was " + support);
    }
  }

  /**
   * Interactions given at a K.
   *
   * @param k below 0 for all that the split fixes
   */
  public int given(int k) {
    return k < 0 && support != null ? support : Math.max(0, k);
  }

  /** Whether there are as many to be given. */
  public boolean has(int k) {
    return given(k) <= (support == null ? inOrder.size() : support);
  }

  /** The first interactions, newest first. */
  public History support(int given) {
    List<History.Entry> known =
        new ArrayList<>(inOrder.subList(0, Math.min(given, inOrder.size())));
    Collections.reverse(known);
    return new History(known.size(), known);
  }

  /** What is asked at no K or was given at this one: of a fixed support all, else the first K. */
  public List<History.Entry> unasked(int k) {
    return inOrder.subList(0, queryStart(k));
  }

  /** What follows that. */
  public List<History.Entry> query(int k) {
    return inOrder.subList(queryStart(k), inOrder.size());
  }

  private int queryStart(int k) {
    return support == null ? Math.min(given(k), inOrder.size()) : support;
  }

  /**
   * The same with a fixed support oldest first, what has one time (or none) in an order of the seed
   * alone: that in which it came says nothing.
   */
  HeldOutUser ordered(long seed) {
    if (support == null) {
      return this;
    }
    List<History.Entry> byItem = new ArrayList<>(inOrder.subList(0, support));
    byItem.sort(Comparator.comparing(History.Entry::item));
    List<History.Entry> ordered =
        Shuffled.of(byItem, new SplittableRandom(seed ^ Hash64.of(user.value())));
    ordered.sort(Comparator.comparingLong(History.Entry::timeMillis));
    ordered.addAll(query(support));
    return new HeldOutUser(user, ordered, support);
  }
}
