package dev.thaw.evaluation.replay;

import dev.thaw.evaluation.offpolicy.logs.DrawnRound;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.Stage;
import dev.thaw.serving.pipeline.ServedPolicy;
import dev.thaw.serving.pipeline.Shortlist;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an answer that one configuration logged can say what another would have earned in its
 * place: the other must have chosen among the same arms for the same slots, and each of its choices
 * must have had a logged chance.
 */
final class Support {
  private final ServingConfig logged;
  private final ServingConfig asked;
  private final RoutingConfig loggedRouting;
  private final RoutingConfig askedRouting;
  private final String loggedPolicy;
  private final boolean everyArmHasAChance;
  private final boolean looksAtUsers;

  Support(ServingConfig logged, ServingConfig asked) {
    this.logged = logged;
    this.asked = asked;
    this.loggedRouting = RoutingConfig.DEFAULT.with(logged.methods());
    this.askedRouting = RoutingConfig.DEFAULT.with(asked.methods());
    this.loggedPolicy = ServedPolicy.of(logged).version();
    this.looksAtUsers = logged.banditPolicy().isContextual() || asked.banditPolicy().isContextual();
    this.everyArmHasAChance = !ServedPolicy.of(asked).version().startsWith(Impression.UNSUPPORTED);
  }

  /** Why it can't, in words that are the same for all answers of one reason; empty if it can. */
  Optional<String> missing(DrawnRound drawn) {
    Impression answer = drawn.impression();
    Stage stage = Stage.of(answer.stage());
    int slots = drawn.round().slots().size();
    int wanted = askedSlots(answer, stage);
    if (!answer.supportsPropensities()) {
      return Optional.of("logged by a policy that leaves arms without a chance");
    }
    if (!answer.configVersion().startsWith(loggedPolicy + "/")) {
      return Optional.of("logged by a policy other than " + loggedPolicy);
    }
    if (looksAtUsers && answer.features().isNone()) {
      return Optional.of("chosen by what is known of the user, which the log does not hold");
    }
    if (!Objects.equals(loggedRouting.order().get(stage), askedRouting.order().get(stage))) {
      return Optional.of(
          "methods of stage " + stage.label() + " differ, and so may the eligible arms");
    }
    if (!logged.explorationBudget().equals(asked.explorationBudget())) {
      return Optional.of("exploration_budget differs, and so may the eligible arms");
    }
    if (!logged.explorationBudget().equals(ExplorationBudgetConfig.NONE)
        && asked.banditPolicy().newcomerShare() != logged.banditPolicy().newcomerShare()) {
      return Optional.of(
          "newcomer_share differs, and would spend the exploration_budget otherwise");
    }
    if (asked.banditPolicy().newcomerShare() > 0 && !answer.eligible().isMarked()) {
      return Optional.of("newcomer_share is of items that the log does not mark");
    }
    if (asked.banditPolicy().asksNeighbours()) {
      return Optional.of("priors are of neighbours, by vectors that the log does not hold");
    }
    if (!knowsShortlist(answer.eligible())) {
      return Optional.of(
          "shortlist is %d, of the log %d, and so may the eligible arms differ"
              .formatted(asked.shortlist(), logged.shortlist()));
    }
    if (wanted > slots) {
      return Optional.of("more slots are drawn than were logged with chances");
    }
    if (wanted < slots) {
      return Optional.of("fewer slots are drawn, and the log does not say what fills the others");
    }
    if (slots > 1 && !everyArmHasAChance) {
      return Optional.of("a second slot of a policy that leaves arms without a chance");
    }
    return withoutChance(drawn);
  }

  /** A part of each shortlist is for newcomers: both parts must be known as far as it goes. */
  private boolean knowsShortlist(EligibleArms eligible) {
    if (asked.shortlist() == logged.shortlist()) {
      return true;
    }
    if (!eligible.isMarked()) {
      return false;
    }
    int newcomers = eligible.unknown().size();
    int places = new Shortlist(asked.shortlist()).newcomerPlaces();
    if (asked.shortlist() > logged.shortlist()) {
      return eligible.size() < logged.shortlist()
          && newcomers < new Shortlist(logged.shortlist()).newcomerPlaces();
    }
    // one without a place there would stand somewhere in the ranking, and the log does not say
    // where
    return newcomers <= places;
  }

  private int askedSlots(Impression answer, Stage stage) {
    int most =
        Math.min(
            asked.banditSlots(), Objects.requireNonNull(askedRouting.banditSlots().get(stage)));
    int arms = Math.min(asked.shortlist(), answer.eligible().size());
    return Math.min(Math.min(most, answer.slots().size()), arms);
  }

  /** A drawn item that was certain, though others were eligible: no other can be asked about. */
  private static Optional<String> withoutChance(DrawnRound drawn) {
    for (int slot = 0; slot < drawn.round().slots().size(); slot++) {
      if (drawn.round().slots().get(slot).propensity() == 1
          && drawn.round().eligible().size() > slot + 1) {
        return Optional.of("drawn with chance 1 though others were eligible");
      }
    }
    return Optional.empty();
  }
}
