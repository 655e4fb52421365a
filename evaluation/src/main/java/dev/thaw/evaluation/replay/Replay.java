package dev.thaw.evaluation.replay;

import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.logs.DrawnLog;
import dev.thaw.evaluation.offpolicy.logs.DrawnRound;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.serving.snapshot.LinearForm;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration would have earned on the answers of another one's log. For each decision the
 * chances that it gives the logged eligible arms are rebuilt, on posteriors learned again from the
 * log as of that moment, and the logged rewards reweighted by them.
 *
 * <p>So its choices are valued on what the logging configuration had learned, not on what it would
 * have learned itself: the history is the log's (Precup, Sutton and Singh, ICML 2000, per decision,
 * with a policy that depends on the history). Where the one explores far better than the other,
 * that is another number than an A/B test would find.
 *
 * @param logged wrote the log
 * @param asked is asked about
 * @param reward the one that the bandit learns by
 * @param seed of posterior draws
 */
public record Replay(
    ReplayedConfiguration logged,
    ReplayedConfiguration asked,
    RewardDefinition reward,
    OffPolicyEvaluation evaluation,
    long seed) {
  /** Share of the choices above which nothing is estimated. */
  private static final double MAX_MISSING = 0.01;

  /** Effective share below which the logging configuration was not rebuilt. */
  private static final double LEAST_REBUILT = 0.5;

  /** Rounds that say something, what they say of the asked policy, and reasons of the others. */
  private record Rebuilt(
      List<LoggedRound> rounds,
      Map<LoggedRound, double[]> asked,
      Map<LoggedRound, double[]> logged,
      Map<String, Integer> missing) {
    Rebuilt() {
      this(new ArrayList<>(), new IdentityHashMap<>(), new IdentityHashMap<>(), new TreeMap<>());
    }

    int decisions() {
      return rounds.size() + missing.values().stream().mapToInt(Integer::intValue).sum();
    }

    EvaluationPolicy policy(String name, Map<LoggedRound, double[]> chances) {
      return new DrawnInOrder(name, round -> Objects.requireNonNull(chances.get(round)));
    }
  }

  /**
   * @param name of the log
   * @throws IllegalArgumentException if the log has no decision of the configuration that should
   *     have written it
   */
  public ReplayResult of(String name, DrawnLog log) {
    Rebuilt rebuilt = rebuild(log);
    if (rebuilt.decisions() == 0) {
      throw new IllegalArgumentException(
          "%s must have settled answers of %s with slots of the bandit, had 0"
              .formatted(name, logged.name()));
    }
    double missing = 1 - (double) rebuilt.rounds().size() / rebuilt.decisions();
    if (missing > MAX_MISSING) {
      String verdict =
          String.format(
              Locale.ROOT,
              "not identifiable: %.1f %% of its choices are outside of what the log can answer for",
              100 * missing);
      return result(rebuilt, missing, verdict, null, null);
    }
    OffPolicyResult estimates =
        evaluation.of(
            name, rebuilt.rounds(), rebuilt.policy(asked.name(), rebuilt.asked()), own(log));
    Double fit = null;
    String verdict = "identifiable, " + estimates.verdict();
    if (canBeRebuilt(log)) {
      OffPolicyResult itself =
          evaluation.of(
              name,
              rebuilt.rounds(),
              rebuilt.policy(logged.name(), rebuilt.logged()),
              Optional.empty());
      fit = itself.diagnostics().effectiveSampleSize() / rebuilt.rounds().size();
      if (fit < LEAST_REBUILT) {
        verdict =
            "identifiable, unreliable: %s itself can't be rebuilt from the log, its posteriors are of more"
                .formatted(logged.name());
      }
    }
    return result(rebuilt, missing, verdict, fit, estimates);
  }

  /**
   * Items that a log does not mark have a part in the chances of a newcomer share, and vectors that
   * it does not hold in priors of neighbours.
   */
  private boolean canBeRebuilt(DrawnLog log) {
    BanditPolicyConfig policy = logged.serving().banditPolicy();
    if (policy.asksNeighbours()) {
      return false;
    }
    return policy.newcomerShare() == 0
        || log.rounds().stream()
            .map(DrawnRound::impression)
            .filter(each -> isOf(logged, each))
            .allMatch(each -> each.eligible().isMarked());
  }

  private ReplayResult result(
      Rebuilt rebuilt,
      double missing,
      String verdict,
      @Nullable Double fit,
      @Nullable OffPolicyResult estimates) {
    return new ReplayResult(
        logged.name(),
        asked.name(),
        rebuilt.decisions(),
        rebuilt.missing(),
        missing,
        verdict,
        fit,
        estimates);
  }

  private Rebuilt rebuild(DrawnLog log) {
    PosteriorsOverTime posteriors =
        new PosteriorsOverTime(
            log.whole().impressions().stream().flatMap(each -> each.slots().stream()).toList(),
            logged.assignment(),
            reward,
            forms());
    Support support = new Support(logged.serving(), asked.serving());
    RebuiltChances ofAsked = new RebuiltChances(asked.serving());
    RebuiltChances ofLogged = new RebuiltChances(logged.serving());
    SplittableRandom random = new SplittableRandom(seed);
    Rebuilt rebuilt = new Rebuilt();
    for (DrawnRound each : log.rounds()) {
      if (!isOf(logged, each.impression())) {
        continue;
      }
      // asked even for those that are left out: a version is taken up when it is first logged
      PosteriorsOverTime.Known known = posteriors.at(each.impression());
      Optional<String> reason = support.missing(each);
      if (reason.isPresent()) {
        rebuilt.missing().merge(reason.get(), 1, Integer::sum);
      } else {
        rebuilt.rounds().add(each.round());
        rebuilt.asked().put(each.round(), chances(ofAsked, each, known, random));
        rebuilt.logged().put(each.round(), chances(ofLogged, each, known, random));
      }
    }
    return rebuilt;
  }

  private Set<LinearForm> forms() {
    return Stream.of(logged, asked)
        .flatMap(each -> LinearForm.of(each.serving().banditPolicy()).stream())
        .collect(Collectors.toSet());
  }

  private static double[] chances(
      RebuiltChances of,
      DrawnRound round,
      PosteriorsOverTime.Known known,
      SplittableRandom random) {
    Impression decision = round.impression();
    return of.of(
        decision.eligible(),
        decision.features(),
        decision.time().toEpochMilli(),
        known,
        random.split());
  }

  /** Where the asked configuration served others at the same time, what it earned there. */
  private Optional<List<LoggedRound>> own(DrawnLog log) {
    if (asked.assignment().equals(Assignment.NONE)
        || asked.assignment().equals(logged.assignment())) {
      return Optional.empty();
    }
    List<LoggedRound> rounds =
        log.rounds().stream()
            .filter(each -> isOf(asked, each.impression()))
            .map(DrawnRound::round)
            .toList();
    return rounds.size() < 2 ? Optional.empty() : Optional.of(rounds);
  }

  private static boolean isOf(ReplayedConfiguration configuration, Impression impression) {
    return impression.assignment().equals(configuration.assignment());
  }
}
