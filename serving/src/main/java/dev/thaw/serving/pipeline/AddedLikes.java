package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A history with likes that the stream did not put there, as liked as an item has to be. Without a
 * scale, before anything was trained, nothing is added.
 */
final class AddedLikes {
  private AddedLikes() {}

  /**
   * What was said in onboarding behind the history: the likes without what is in it already, and
   * all that was asked.
   */
  static History asOldest(
      History history, List<OnboardingAnswer> answers, @Nullable RatingScale scale) {
    if (scale == null || answers.isEmpty()) {
      return history;
    }
    Set<ItemId> known = new HashSet<>();
    history.entries().forEach(entry -> known.add(entry.item()));
    List<History.Entry> all = new ArrayList<>(history.entries());
    for (OnboardingAnswer answer : answers) {
      if (answer.liked() && known.add(answer.itemId())) {
        all.add(like(answer.itemId(), scale));
      }
    }
    int added = all.size() - history.entries().size();
    return new History(
        history.interactions() + added,
        all,
        added,
        answers.stream().map(OnboardingAnswer::itemId).distinct().toList());
  }

  /** Before the history, in the place of what it says of the same items. */
  static History asNewest(History history, List<ItemId> likes, @Nullable RatingScale scale) {
    if (scale == null || likes.isEmpty()) {
      return history;
    }
    List<History.Entry> all = new ArrayList<>();
    likes.forEach(item -> all.add(like(item, scale)));
    History others = history.only(entry -> !likes.contains(entry.item()));
    all.addAll(others.entries());
    return new History(
        Math.max(history.interactions(), all.size()), all, others.answers(), others.asked());
  }

  private static History.Entry like(ItemId item, RatingScale scale) {
    return new History.Entry(item, scale.positive(), 0);
  }
}
