package dev.thaw.evaluation.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.offpolicy.Estimators;
import dev.thaw.evaluation.offpolicy.Intervals;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.logs.DrawnLog;
import dev.thaw.evaluation.replay.check.ReplayUsers;
import dev.thaw.evaluation.replay.check.ReplayWorld;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of a world where users differ, drawn by none of the code that replays them. */
class ContextualReplayTest {
  private static final int ROUNDS = 3_000;
  private static final OffPolicyEvaluation EVALUATION =
      new OffPolicyEvaluation(Estimators.of(1), 200, 5);
  private static final String UCB =
      "uniform_floor: 0.2, bandit_policy: {name: lin-ucb, alpha: 0.3, prior_precision: 20}";
  private static final String THOMPSON =
      "bandit_policy: {name: linear-thompson, noise: 0.3, prior_precision: 20}";

  @TempDir Path folder;

  private ReplayedConfiguration configuration(String name, String settings) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"), "version: 1\nserving: {" + settings + "}\n");
    return new ReplayedConfiguration(
        name, Assignment.NONE, ThawConfig.load(file, Map.of()).serving());
  }

  private static ReplayWorld world(int slots, int trainings) {
    return new ReplayWorld(ROUNDS, slots, 0, new ReplayUsers(4, trainings), 17);
  }

  private static ReplayResult replay(
      ReplayedConfiguration logged, ReplayedConfiguration asked, DrawnLog log) {
    return new Replay(logged, asked, RewardDefinition.POSITIVE, EVALUATION, 3).of("log", log);
  }

  /** Whose chances need no draws: they are those of the normal equations, also across trainings. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "2, 1"})
  void linUcbReplayedAsItselfEarnsWhatItEarned(int slots, int trainings) throws IOException {
    ReplayedConfiguration logged = configuration("a", UCB);
    DrawnLog log = world(slots, trainings).log(logged, new SplittableRandom(4));
    ReplayResult result = replay(logged, logged, log);
    OffPolicyResult estimates = Objects.requireNonNull(result.estimates());
    assertThat(result.verdict()).isEqualTo("identifiable, reliable");
    assertThat(result.rebuilt()).isCloseTo(1, within(1e-9));
    assertThat(estimates.diagnostics().maxWeight()).isCloseTo(1, within(1e-9));
  }

  @Test
  void linearThompsonReplayedAsItselfEarnsWhatItEarnedUpToItsDraws() throws IOException {
    ReplayedConfiguration logged = configuration("a", THOMPSON);
    DrawnLog log = world(1, 2).log(logged, new SplittableRandom(4));
    ReplayResult result = replay(logged, logged, log);
    assertThat(result.rebuilt()).isBetween(0.8, 0.999);
    assertThat(Replays.intervals(result, "SNIPS").estimate())
        .isCloseTo(Objects.requireNonNull(result.estimates()).logged().estimate(), within(0.01));
  }

  /** Of contextual policies by others, by those that don't look, and the other way round. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 | 1 | " + THOMPSON + " | " + UCB + " | DR",
        "1 | 1 | " + UCB + " | " + THOMPSON + " | DR",
        "1 | 2 | " + UCB + " | " + THOMPSON + " | SNIPS",
        "2 | 1 | " + THOMPSON + " | draws: 400 | reward-interaction SNIPS",
        "1 | 1 | bandit_policy: {name: softmax, temperature: 0.1, log_features: true} | "
            + THOMPSON
            + " | SNIPS",
        "1 | 2 | bandit_policy: {log_features: true}, uniform_floor: 0.3 | " + UCB + " | SNIPS",
      })
  void theEstimateIsWithinThreeErrorsOfWhatTheOtherEarnsOnTheSamePosteriors(
      int slots, int trainings, String logs, String asks, String estimator) throws IOException {
    ReplayedConfiguration logged = configuration("a", logs);
    ReplayedConfiguration asked = configuration("b", asks);
    ReplayWorld world = world(slots, trainings);
    DrawnLog log = world.log(logged, new SplittableRandom(4));
    ReplayResult result = replay(logged, asked, log);
    assertThat(result.isIdentifiable()).as(result.verdict()).isTrue();
    Intervals estimate = Replays.intervals(result, estimator);
    assertThat(estimate.estimate())
        .isCloseTo(
            world.value(asked, log, new SplittableRandom(9)), within(3 * estimate.standardError()));
  }

  /** Worlds in which looking pays: an estimate that took users for alike would miss it. */
  @Test
  void thatLookingAtUsersPaysIsSeenInALogThatDidNotLook() throws IOException {
    ReplayedConfiguration logged =
        configuration("a", "bandit_policy: {name: softmax, temperature: 0.1, log_features: true}");
    DrawnLog log = world(1, 1).log(logged, new SplittableRandom(4));
    Intervals looking =
        Replays.intervals(replay(logged, configuration("b", THOMPSON), log), "SNIPS");
    Intervals blind =
        Replays.intervals(replay(logged, configuration("c", "draws: 400"), log), "SNIPS");
    assertThat(looking.studentised().low()).isGreaterThan(blind.studentised().high());
  }

  @Test
  void aLogWithoutFeaturesCanNotSay() throws IOException {
    ReplayedConfiguration logged = configuration("a", "draws: 100");
    DrawnLog log = world(1, 1).log(logged, new SplittableRandom(4));
    ReplayResult result = replay(logged, configuration("b", THOMPSON), log);
    assertThat(result.isIdentifiable()).isFalse();
    assertThat(result.missing())
        .containsOnlyKeys("chosen by what is known of the user, which the log does not hold")
        .containsValue(result.decisions());
  }
}
