package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A user held out whole, met with the first so many interactions and asked for what was liked after
 * them.
 *
 * @param inOrder interactions, oldest first; those of one time in an order of the seed, since that
 *     of ids says something in most data
 */
record RoutedUser(UserId user, List<History.Entry> inOrder) {
  static RoutedUser of(Interactions all, UserId user, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ Hash64.of(user.value()));
    return new RoutedUser(user, all.oldestFirst(user, random));
  }

  /**
   * What is given and what is asked.
   *
   * @param known numbers of the items given
   * @param relevant numbers of the items liked afterwards, at least one
   */
  record Question(Evidence evidence, BitSet known, BitSet relevant) {}

  /** Empty for a user who liked nothing after so many interactions. */
  Optional<Question> given(int count, ServedData data) {
    if (inOrder.size() <= count) {
      return Optional.empty();
    }
    List<History.Entry> support = new ArrayList<>(inOrder.subList(0, count));
    Collections.reverse(support);
    BitSet known = numbers(data, support);
    BitSet relevant =
        numbers(
            data,
            inOrder.subList(count, inOrder.size()).stream()
                .filter(entry -> data.scale().isPositive(entry.strength()))
                .toList());
    relevant.andNot(known);
    return relevant.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Question(
                data.evidence(user, new History(count, support), asked(count)), known, relevant));
  }

  /** When the question is asked: as the first interaction comes that is not given. */
  private long asked(int count) {
    long time = inOrder.get(count).timeMillis();
    return time == Interactions.UNTIMED ? Long.MAX_VALUE : time;
  }

  private static BitSet numbers(ServedData data, List<History.Entry> entries) {
    BitSet numbers = new BitSet();
    for (History.Entry entry : entries) {
      ItemId item = entry.item();
      numbers.set(data.interactions().items().indexOf(item));
    }
    return numbers;
  }
}
