package dev.thaw.evaluation.items;

import dev.thaw.evaluation.measure.Asked;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Users who like some of the new items and some of the others, and rank the new ones. */
final class Judges {
  private final NewItems items;
  private final List<Judge> all = new ArrayList<>();

  /**
   * @param number in the training data
   * @param history what the user likes of the other items
   * @param places of the new items the user likes: how many users became known to like it before
   */
  record Judge(int number, History history, Map<Integer, Integer> places) {
    Judge {
      places = Map.copyOf(places);
    }
  }

  /**
   * @param most users taken, by the seed
   */
  static Judges of(NewItems items, int most, long seed) {
    Map<Integer, Map<Integer, Integer>> places = new HashMap<>();
    for (int item = 0; item < items.size(); item++) {
      int[] likedBy = items.likedBy(item);
      for (int place = 0; place < likedBy.length; place++) {
        places.computeIfAbsent(likedBy[place], u -> new HashMap<>()).put(item, place);
      }
    }
    Interactions training = items.training();
    List<Integer> able =
        places.keySet().stream().filter(user -> training.rowLength(user) > 0).sorted().toList();
    List<Integer> chosen =
        Shuffled.of(able, new SplittableRandom(seed)).subList(0, Math.min(most, able.size()));
    Judges judges = new Judges(items);
    chosen.stream()
        .sorted()
        .forEach(
            user ->
                judges.all.add(
                    new Judge(user, training.history(user), places.getOrDefault(user, Map.of()))));
    return judges;
  }

  private Judges(NewItems items) {
    this.items = items;
  }

  List<Judge> all() {
    return all;
  }

  /** Hidden is what the user is known to like; relevant what it likes beyond that. */
  Asked asked(Judge judge, int interactions) {
    return asked(judge, item -> items.known(item, interactions));
  }

  /** The same at every count: hidden are the first halves, relevant the second ones. */
  Asked fixed(Judge judge) {
    return asked(judge, item -> items.likes(item) / 2);
  }

  private static Asked asked(Judge judge, IntUnaryOperator known) {
    Set<Integer> hidden = new HashSet<>();
    Set<Integer> relevant = new HashSet<>();
    judge.places.forEach(
        (item, place) -> (place < known.applyAsInt(item) ? hidden : relevant).add(item));
    return new Asked(hidden, relevant);
  }
}
