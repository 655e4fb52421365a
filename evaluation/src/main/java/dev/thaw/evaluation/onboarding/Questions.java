package dev.thaw.evaluation.onboarding;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.List;

/** A way to choose what a newcomer is asked about. Knows the training data alone. Thread-safe. */
interface Questions {
  String name();

  /**
   * @param user says nothing but which questions of chance these are
   * @return so many items, or fewer where there are fewer to ask about
   */
  List<ItemId> ask(UserId user, int count);

  /** The first of the same order for everybody. */
  static Questions inOrder(String name, List<ItemId> order) {
    return of(name, (user, count) -> order.subList(0, Math.min(count, order.size())));
  }

  static Questions of(String name, Ask ask) {
    return new Questions() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<ItemId> ask(UserId user, int count) {
        return ask.ask(user, count);
      }
    };
  }

  /** See {@link Questions#ask}. */
  @FunctionalInterface
  interface Ask {
    List<ItemId> ask(UserId user, int count);
  }
}
