package dev.thaw.serving.pipeline;

import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.serving.snapshot.DomainRanks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Lets the bandit fill the first slots. The eligible set is the head of the ranking with some items
 * nothing is known of behind it; it is fixed before the draw, and nothing touches the drawn slots
 * afterwards.
 */
final class BanditSlots {
  /** Share of the eligible set kept for items nothing is known of. */
  static final double NEWCOMER_SHARE = 0.1;

  static final ArmPriors PRIORS = ArmPriors.DEFAULT;
  private static final String EXPLORATION = "exploration";

  private final BetaThompson bandit;
  private final int shortlist;

  BanditSlots(BetaThompson bandit, int shortlist) {
    this.bandit = bandit;
    this.shortlist = shortlist;
  }

  /**
   * @param eligible what could have been drawn
   * @param chosen in slot order
   */
  record Drawn(List<Scored> eligible, List<Choice> chosen) {
    static final Drawn NOTHING = new Drawn(List.of(), List.of());
  }

  record Choice(Scored item, double propensity) {}

  /**
   * @param ranked eligible candidates, best first
   * @param slots to fill, at least 0
   */
  Drawn draw(
      DomainRanks ranks,
      Eligibility eligibility,
      List<Scored> ranked,
      int slots,
      Instant time,
      SplittableRandom random) {
    List<Scored> eligible = eligibleSet(ranks, eligibility, ranked);
    if (slots == 0 || eligible.isEmpty()) {
      return Drawn.NOTHING;
    }
    List<Arm> arms = new ArrayList<>(eligible.size());
    double base = ranks.rewardRate();
    for (int rank = 0; rank < eligible.size(); rank++) {
      Scored each = eligible.get(rank);
      BetaPrior prior =
          each.source().equals(EXPLORATION)
              ? PRIORS.withoutMetadata(base)
              : PRIORS.ranked(base, 1 - (double) rank / eligible.size());
      arms.add(new Arm(each.item().id(), prior));
    }
    BanditDecision decision =
        SlotSampler.choose(
            bandit, Decision.of(ranks.posteriors(), arms, time.toEpochMilli()), slots, random);
    List<Choice> chosen = new ArrayList<>(slots);
    for (BanditDecision.Choice each : decision.choices()) {
      chosen.add(new Choice(eligible.get(each.arm()), each.propensity()));
    }
    return new Drawn(eligible, chosen);
  }

  private List<Scored> eligibleSet(
      DomainRanks ranks, Eligibility eligibility, List<Scored> ranked) {
    List<Scored> newcomers = newcomers(ranks, eligibility);
    Set<Integer> numbers = Scored.numbers(newcomers);
    List<Scored> eligible = new ArrayList<>(shortlist);
    for (Scored each : ranked) {
      if (eligible.size() >= shortlist - newcomers.size()) {
        break;
      }
      if (!numbers.contains(each.item().number())) {
        eligible.add(each);
      }
    }
    eligible.addAll(newcomers);
    return eligible;
  }

  /** Those that came after the snapshot first, then the newest of it. */
  private List<Scored> newcomers(DomainRanks ranks, Eligibility eligibility) {
    int wanted = (int) (shortlist * NEWCOMER_SHARE);
    List<Scored> newcomers = new ArrayList<>(wanted);
    for (int n = ranks.catalogue().size() - 1;
        n >= ranks.size() && newcomers.size() < wanted;
        n--) {
      if (ranks.item(n).withoutMetadata() && eligibility.admits(ranks.item(n))) {
        newcomers.add(Scored.of(ranks.item(n), 0, EXPLORATION));
      }
    }
    for (int number : ranks.newcomers()) {
      if (newcomers.size() >= wanted) {
        break;
      }
      if (eligibility.admits(ranks.item(number))) {
        newcomers.add(Scored.of(ranks.item(number), 0, EXPLORATION));
      }
    }
    return newcomers;
  }
}
