package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.ExplorationBudget;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import dev.thaw.models.routing.Stage;
import dev.thaw.serving.snapshot.DomainRanks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the bandit fill the first slots. The eligible set is the head of the ranking with some items
 * nothing is known of behind it; it is fixed before the draw, and nothing touches the drawn slots
 * afterwards. Where exploration has a budget, that alone lets items nothing is known of into the
 * eligible set, before the policy is asked: propensities stay exact.
 */
final class BanditSlots {
  private static final String EXPLORATION = "exploration";

  private final ServedPolicy<?> policy;
  private final Shortlist shortlist;
  private final @Nullable ExplorationBudget budget;
  private final Map<DomainId, ExplorationLedger> ledgers = new ConcurrentHashMap<>();

  /**
   * @param budget null where exploration is not bounded
   */
  BanditSlots(ServedPolicy<?> policy, int shortlist, @Nullable ExplorationBudget budget) {
    this.policy = policy;
    this.shortlist = new Shortlist(shortlist);
    this.budget = budget;
  }

  /**
   * @param eligible what could have been drawn
   * @param chosen in slot order
   * @param posteriorVersion of the evidence that was decided on
   */
  record Drawn(EligibleArms eligible, List<Choice> chosen, String posteriorVersion) {
    static Drawn nothing(Query query) {
      return new Drawn(EligibleArms.NONE, List.of(), query.posteriors().version());
    }
  }

  record Choice(Scored item, Arm arm, double propensity) {}

  /** See {@link ServedPolicy#posterior}; nothing of a slot that was not drawn. */
  Map<String, Object> posterior(Query query, DecisionFeatures features, Drawn drawn, int slot) {
    return slot < drawn.chosen().size()
        ? policy.posterior(query, features, drawn.chosen().get(slot).arm())
        : Map.of();
  }

  /** What is known of a user; none where nobody asks for it. */
  DecisionFeatures features(Query query, UserState user, Stage stage) {
    return policy.logsFeatures()
        ? UserContext.of(query.domainModels(), user, stage)
        : DecisionFeatures.NONE;
  }

  /**
   * @param features see {@link #features}
   * @param ranked eligible candidates, best first
   * @param slots to fill, at least 0
   */
  Drawn draw(
      Query query,
      DecisionFeatures features,
      Eligibility eligibility,
      List<Scored> ranked,
      int slots,
      SplittableRandom random) {
    if (slots == 0) {
      return Drawn.nothing(query);
    }
    DomainRanks ranks = query.ranks();
    int places = shortlist.newcomerPlaces();
    ExplorationBudget bounds = budget;
    if (bounds == null) {
      return draw(query, features, ranked, newcomers(ranks, eligibility, places), slots, random);
    }
    List<Scored> known = ranked.stream().filter(each -> !ranks.isUnknown(each.item())).toList();
    // all of them: those at their cap leave their places to others
    List<Scored> newcomers = newcomers(ranks, eligibility, Integer.MAX_VALUE);
    return ledgers
        .computeIfAbsent(query.request().domain(), domain -> new ExplorationLedger(bounds))
        .spend(
            query.request().user(),
            query.time().toEpochMilli(),
            newcomers.stream().map(each -> unknown(each, ranks)).toList(),
            ranks::shownEver,
            slots,
            admitted ->
                draw(
                    query,
                    features,
                    known,
                    newcomers.stream()
                        .filter(each -> admitted.contains(each.item().id()))
                        .limit(places)
                        .toList(),
                    slots,
                    random));
  }

  private Drawn draw(
      Query query,
      DecisionFeatures features,
      List<Scored> ranked,
      List<Scored> newcomers,
      int slots,
      SplittableRandom random) {
    List<Scored> eligible = eligibleSet(ranked, newcomers);
    if (eligible.isEmpty()) {
      return Drawn.nothing(query);
    }
    EligibleArms logged =
        new EligibleArms(
            eligible.stream().map(each -> each.item().id()).toList(), newcomers.size());
    double domains = query.ranks().rewardRate();
    List<Arm> arms =
        Shortlist.arms(
            logged, domains, arm -> query.assumed(arm).map(Assumed::rate).orElse(domains));
    BanditDecision decision = policy.choose(query, features, arms, logged.unknown(), slots, random);
    List<Choice> chosen = new ArrayList<>(slots);
    for (BanditDecision.Choice each : decision.choices()) {
      chosen.add(new Choice(eligible.get(each.arm()), arms.get(each.arm()), each.propensity()));
    }
    return new Drawn(logged, chosen, decision.posteriorVersion());
  }

  private static Arm unknown(Scored item, DomainRanks ranks) {
    return new Arm(item.item().id(), Shortlist.PRIORS.withoutMetadata(ranks.rewardRate()));
  }

  private List<Scored> eligibleSet(List<Scored> ranked, List<Scored> newcomers) {
    Set<Integer> numbers = Scored.numbers(newcomers);
    int known = shortlist.ranked(newcomers.size());
    List<Scored> eligible = new ArrayList<>(shortlist.size());
    for (Scored each : ranked) {
      if (eligible.size() >= known) {
        break;
      }
      if (!numbers.contains(each.item().number())) {
        eligible.add(each);
      }
    }
    eligible.addAll(newcomers);
    return eligible;
  }

  /** Those that came after the snapshot first, then those of it in their order. */
  private static List<Scored> newcomers(DomainRanks ranks, Eligibility eligibility, int wanted) {
    List<Scored> newcomers = new ArrayList<>();
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
