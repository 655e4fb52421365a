package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.featuredefinitions.vocabulary.Impression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A log and what of it the bandit drew: one round for each impression with slots of the bandit.
 * Clusters are users, segments the stages of users.
 *
 * @param rounds in order of time
 * @param undrawn impressions without a slot of the bandit: there was no chance in them
 * @param open of the others, with a reward window that ends after the log
 * @param unusable of the others
 */
public record DrawnLog(
    JoinedLog whole, List<DrawnRound> rounds, int undrawn, int open, int unusable) {
  public DrawnLog {
    rounds = List.copyOf(rounds);
  }

  /**
   * @param unusable told of impressions that can't be used, and why
   */
  public static DrawnLog of(JoinedLog whole, BiConsumer<Impression, String> unusable) {
    ImpressionRounds rounds = new ImpressionRounds();
    List<DrawnRound> usable = new ArrayList<>();
    int undrawn = 0;
    int open = 0;
    int unusables = 0;
    for (JoinedImpression each : whole.impressions()) {
      List<Impression.Slot> drawn = drawn(each.impression());
      if (drawn.isEmpty()) {
        undrawn++;
      } else if (each.open()) {
        open++;
      } else {
        try {
          usable.add(
              new DrawnRound(
                  each.impression(), rounds.of(each.impression(), drawn).rewarded(each.slots())));
        } catch (IllegalArgumentException e) {
          unusables++;
          unusable.accept(each.impression(), String.valueOf(e.getMessage()));
        }
      }
    }
    return new DrawnLog(whole, usable, undrawn, open, unusables);
  }

  private static List<Impression.Slot> drawn(Impression impression) {
    return impression.slots().stream()
        .filter(slot -> slot.source().equals(Impression.Slot.BANDIT))
        .toList();
  }
}
