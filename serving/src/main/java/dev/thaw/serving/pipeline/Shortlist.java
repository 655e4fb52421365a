package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmPriors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which arms are eligible, and what is assumed of them: the head of the ranking, and behind it
 * items of which nothing is known.
 *
 * @param size arms at most
 */
public record Shortlist(int size) {
  /** Share of the eligible set kept for items nothing is known of. */
  static final double NEWCOMER_PLACES = 0.1;

  static final ArmPriors PRIORS = ArmPriors.DEFAULT;

  /** Items nothing is known of, at most. */
  public int newcomerPlaces() {
    return (int) (size * NEWCOMER_PLACES);
  }

  /**
   * How many of the ranking are eligible beside so many items nothing is known of.
   *
   * @param newcomers at most {@link #newcomerPlaces}
   */
  int ranked(int newcomers) {
    return size - newcomers;
  }

  /**
   * What is left of an eligible set where it is shorter; of a longer one, the same.
   *
   * @param eligible whose newcomers are marked
   */
  public EligibleArms of(EligibleArms eligible) {
    List<ItemId> unknown = eligible.unknown();
    unknown = unknown.subList(0, Math.min(unknown.size(), newcomerPlaces()));
    List<ItemId> all =
        new ArrayList<>(
            eligible
                .ranked()
                .subList(0, Math.min(eligible.ranked().size(), ranked(unknown.size()))));
    all.addAll(unknown);
    return new EligibleArms(all, unknown.size());
  }

  /**
   * With the prior of their place, or of an item of which nothing is known.
   *
   * @param rewardRate of the domain
   */
  public static List<Arm> arms(EligibleArms eligible, double rewardRate) {
    return arms(eligible, rewardRate, arm -> rewardRate);
  }

  /**
   * The same where something else than the domain's rate is assumed of some that are ranked.
   *
   * @param assumed reward rate of an arm
   */
  static List<Arm> arms(
      EligibleArms eligible, double rewardRate, ToDoubleFunction<ItemId> assumed) {
    List<Arm> arms = new ArrayList<>(eligible.size());
    int ranked = eligible.ranked().size();
    for (int place = 0; place < eligible.size(); place++) {
      ItemId item = eligible.items().get(place);
      arms.add(
          new Arm(
              item,
              place < ranked
                  ? PRIORS.at(place, eligible.size(), assumed.applyAsDouble(item))
                  : PRIORS.withoutMetadata(rewardRate)));
    }
    return arms;
  }
}
