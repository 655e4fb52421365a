package dev.thaw.evaluation.onboarding;

import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A held-out user as somebody who answers questions by what they rated: "yes" for a rating that
 * counts as a like, "no" for another one, "don't know it" without one.
 *
 * <p>What any way of asking would show this user, at any number of questions, is neither ranked nor
 * counted for any of them: the question that is left is the same for all, and no shown item is in
 * it.
 *
 * @param asked hidden is everything shown, relevant the likes that were not
 */
record Newcomer(HeldOutUser user, RatingScale scale, Asked asked) {

  /**
   * @param counts numbers of questions
   */
  static Newcomer of(
      HeldOutUser user,
      List<Questions> ways,
      List<Integer> counts,
      ItemDictionary items,
      RatingScale scale) {
    Set<ItemId> shown = new TreeSet<>();
    for (Questions way : ways) {
      counts.forEach(count -> shown.addAll(way.ask(user.user(), count)));
    }
    Set<Integer> hidden = new HashSet<>();
    shown.forEach(item -> hidden.add(items.indexOf(item)));
    Set<Integer> relevant = new HashSet<>();
    for (History.Entry entry : user.inOrder()) {
      if (scale.isPositive(entry.strength()) && !shown.contains(entry.item())) {
        relevant.add(items.indexOf(entry.item()));
      }
    }
    return new Newcomer(user, scale, new Asked(hidden, relevant));
  }

  /**
   * @param known questions answered with yes or no
   * @param likes what a server keeps of them, and what was asked
   */
  record Answers(int known, History likes) {}

  Answers answer(List<ItemId> questions) {
    Map<ItemId, History.Entry> rated = new HashMap<>();
    user.inOrder().forEach(entry -> rated.put(entry.item(), entry));
    int known = 0;
    List<History.Entry> likes = new ArrayList<>();
    for (ItemId question : questions) {
      History.Entry entry = rated.get(question);
      if (entry != null) {
        known++;
        if (scale.isPositive(entry.strength())) {
          // as serving keeps it, which hears a yes and no rating
          likes.add(new History.Entry(question, scale.positive(), 0));
        }
      }
    }
    return new Answers(known, History.answered(likes, questions));
  }
}
