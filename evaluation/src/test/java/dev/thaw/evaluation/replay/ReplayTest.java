package dev.thaw.evaluation.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.offpolicy.Estimators;
import dev.thaw.evaluation.offpolicy.Intervals;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.logs.DrawnLog;
import dev.thaw.evaluation.offpolicy.logs.JoinedImpression;
import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.evaluation.replay.check.ReplayWorld;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
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

class ReplayTest {
  private static final int ROUNDS = 4_000;
  private static final String SOFT = "bandit_policy: {name: softmax, temperature: 0.1}";
  private static final String HALF = "bandit_policy: {name: epsilon-greedy, epsilon: 0.5}";
  private static final OffPolicyEvaluation EVALUATION =
      new OffPolicyEvaluation(Estimators.of(1), 200, 5);

  @TempDir Path folder;

  /** Serving's defaults with what is given. */
  private ReplayedConfiguration configuration(String name, String settings) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            version: 1
            serving:
              experiment:
                name: e
                configurations: [{name: %s, share: 0.5, %s}, {name: rest, share: 0.5}]
            """
                .formatted(name, settings));
    ExperimentConfig experiment =
        Objects.requireNonNull(ThawConfig.load(file, Map.of()).serving().experiment());
    return new ReplayedConfiguration(
        name, new Assignment("e", name), experiment.configurations().get(0).serving());
  }

  private static ReplayResult replay(
      ReplayedConfiguration logged, ReplayedConfiguration asked, DrawnLog log) {
    return new Replay(logged, asked, RewardDefinition.POSITIVE, EVALUATION, 3).of("log", log);
  }

  private static DrawnLog log(ReplayedConfiguration by, int slots) {
    return new ReplayWorld(ROUNDS, slots, 0, 17).log(by, new SplittableRandom(4));
  }

  /** Its chances need no posterior draws: the posteriors of each moment are found again or not. */
  @ParameterizedTest
  @CsvSource({"1, softmax", "2, softmax", "1, epsilon-greedy", "2, epsilon-greedy"})
  void aPolicyWithoutDrawsReplayedAsItselfEarnsWhatItEarned(int slots, String policy)
      throws IOException {
    ReplayedConfiguration logged = configuration("a", policy.equals("softmax") ? SOFT : HALF);
    ReplayResult result = replay(logged, logged, log(logged, slots));
    OffPolicyResult estimates = Objects.requireNonNull(result.estimates());
    assertThat(result.rebuilt()).isCloseTo(1, within(1e-9));
    assertThat(estimates.diagnostics().maxWeight()).isCloseTo(1, within(1e-9));
    assertThat(Replays.intervals(result, "IPS").estimate())
        .isCloseTo(estimates.logged().estimate(), within(1e-9));
    assertThat(result.verdict()).isEqualTo("identifiable, reliable");
  }

  /** Winner frequencies of other draws are other chances of the same mean. */
  @Test
  void thompsonReplayedAsItselfEarnsWhatItEarnedUpToItsDraws() throws IOException {
    ReplayedConfiguration logged = configuration("a", "draws: 400");
    ReplayResult result = replay(logged, logged, log(logged, 1));
    OffPolicyResult estimates = Objects.requireNonNull(result.estimates());
    assertThat(result.rebuilt()).isBetween(0.6, 0.999);
    assertThat(Replays.intervals(result, "SNIPS").estimate())
        .isCloseTo(estimates.logged().estimate(), within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"1, DR", "1, SNIPS", "2, reward-interaction SNIPS"})
  void theEstimateIsWithinThreeErrorsOfWhatTheOtherEarnsOnTheSamePosteriors(
      int slots, String estimator) throws IOException {
    ReplayedConfiguration logged = configuration("a", SOFT);
    ReplayedConfiguration asked = configuration("b", "uniform_floor: 0.1");
    DrawnLog log = log(logged, slots);
    ReplayResult result = replay(logged, asked, log);
    double truth = new ReplayWorld(ROUNDS, slots, 0, 17).value(asked, log, new SplittableRandom(9));
    OffPolicyResult estimates = Objects.requireNonNull(result.estimates());
    assertThat(result.verdict()).isEqualTo("identifiable, reliable");
    Intervals estimate = Replays.intervals(result, estimator);
    assertThat(estimate.estimate()).isCloseTo(truth, within(3 * estimate.standardError()));
    assertThat(estimate.studentised().low())
        .as("Thompson sampling earns more than what was logged")
        .isGreaterThan(estimates.logged().estimate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shortlist: 10 | shortlist: 20 | shortlist is 20, of the log 10",
        "bandit_slots: 1 | bandit_slots: 2 | more slots are drawn than were logged with chances",
        "bandit_slots: 2 | bandit_slots: 1 | fewer slots are drawn",
        "draws: 10 | bandit_policy: {prior: neighbours} | priors are of neighbours",
        "draws: 10 | bandit_policy: {name: lin-ucb, alpha: 1, prior_precision: 1}"
            + " | chosen by what is known of the user, which the log does not hold",
        "draws: 10 | exploration_budget: {share: 0.1} | exploration_budget differs",
        "exploration_budget: {share: 0.1} | exploration_budget: {share: 0.1}, bandit_policy: {newcomer_share: 0.1} | newcomer_share differs, and would spend",
        "draws: 10 | methods: {0: [content]} | methods of stage 0 differ",
        "bandit_policy: {name: epsilon-greedy, epsilon: 0, allow_unsupported: true} | draws: 10 | logged by a policy that leaves arms without a chance",
        "bandit_slots: 2 | bandit_policy: {name: epsilon-greedy, epsilon: 0, allow_unsupported: true} | a second slot of a policy that leaves arms without a chance",
      })
  void whatIsOutsideOfTheLogIsNotIdentifiable(String logged, String asked, String reason)
      throws IOException {
    ReplayedConfiguration a = configuration("a", logged);
    ReplayResult result =
        replay(
            a,
            configuration("b", asked),
            new ReplayWorld(200, 2, 0, 1).log(a, new SplittableRandom(1)));
    assertThat(result.isIdentifiable()).isFalse();
    assertThat(result.verdict())
        .isEqualTo(
            "not identifiable: 100.0 % of its choices are outside of what the log can answer for");
    assertThat(result.missing()).hasSize(1);
    assertThat(result.missing().keySet().iterator().next()).startsWith(reason);
    assertThat(result.missing().values()).containsExactly(result.decisions());
  }

  /** A tenth of a shortlist is for newcomers, the rest for the head of the ranking. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        SOFT + " | bandit_policy: {newcomer_share: 0.3}",
        SOFT + " | shortlist: 20",
        "shortlist: 10, " + SOFT + " | shortlist: 10, bandit_policy: {newcomer_share: 0.3}",
        "shortlist: 30, " + SOFT + " | shortlist: 200",
        "bandit_policy: {name: softmax, temperature: 0.1, newcomer_share: 0.3} | draws: 400",
      })
  void whereALogMarksItsNewcomersTheirShareAndOtherShortlistsCanBeAskedAbout(
      String logs, String asks) throws IOException {
    ReplayedConfiguration logged = configuration("a", logs);
    ReplayedConfiguration asked = configuration("b", asks);
    ReplayWorld world = new ReplayWorld(ROUNDS, 1, 2, 17);
    DrawnLog log = world.log(logged, new SplittableRandom(4));
    ReplayResult result = replay(logged, asked, log);
    assertThat(result.verdict()).isEqualTo("identifiable, reliable");
    assertThat(result.rebuilt()).as("the logging one").isCloseTo(1, within(1e-9));
    Intervals estimate = Replays.intervals(result, "SNIPS");
    assertThat(estimate.estimate())
        .isCloseTo(
            world.value(asked, log, new SplittableRandom(9)), within(3 * estimate.standardError()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bandit_policy: {newcomer_share: 0.1} | newcomer_share is of items that the log does not mark",
        "shortlist: 10 | shortlist is 10, of the log 100",
      })
  void aLogThatDoesNotMarkItsNewcomersCanNotSay(String asks, String reason) throws IOException {
    ReplayedConfiguration logged = configuration("a", SOFT);
    ReplayResult result =
        replay(
            logged,
            configuration("b", asks),
            unmarked(new ReplayWorld(200, 2, 2, 1).log(logged, new SplittableRandom(1))));
    assertThat(result.missing()).hasSize(1);
    assertThat(result.missing().keySet().iterator().next()).startsWith(reason);
  }

  /** Its shares can't be rebuilt, so that nothing is said of how well the log is. */
  @Test
  void anUnmarkedLogOfANewcomerShareIsNotReplayedAsItself() throws IOException {
    ReplayedConfiguration logged =
        configuration("a", "bandit_policy: {name: softmax, temperature: 0.1, newcomer_share: 0.3}");
    DrawnLog log = new ReplayWorld(ROUNDS, 1, 2, 1).log(logged, new SplittableRandom(1));
    ReplayResult result = replay(logged, configuration("b", SOFT), unmarked(log));
    assertThat(result.isIdentifiable()).isTrue();
    assertThat(result.rebuilt()).isNull();
  }

  /** The same log as it was written before logs said of which arms nothing was known. */
  private static DrawnLog unmarked(DrawnLog log) {
    JoinedLog whole = log.whole();
    return DrawnLog.of(
        new JoinedLog(
            whole.impressions().stream()
                .map(
                    each ->
                        new JoinedImpression(
                            unmarked(each.impression()), each.open(), each.slots()))
                .toList(),
            whole.rewardWindow(),
            whole.end(),
            whole.counts()),
        (each, reason) -> {
          throw new IllegalStateException(reason);
        });
  }

  private static Impression unmarked(Impression marked) {
    return new Impression(
        marked.requestId(),
        marked.userId(),
        marked.domain(),
        marked.time(),
        marked.configVersion(),
        marked.modelVersion(),
        marked.posteriorVersion(),
        marked.context(),
        EligibleArms.unmarked(marked.eligible().items()),
        marked.slots(),
        marked.stage(),
        marked.method(),
        marked.fallbacks(),
        marked.degraded(),
        marked.assignment(),
        marked.features());
  }

  /** What it draws from is the log: nothing of a certain choice can be asked. */
  @Test
  void aPolicyWithoutChanceCanBeAskedAboutInOneSlot() throws IOException {
    ReplayedConfiguration logged = configuration("a", HALF);
    ReplayedConfiguration greedy =
        configuration(
            "b", "bandit_policy: {name: epsilon-greedy, epsilon: 0, allow_unsupported: true}");
    ReplayResult result = replay(logged, greedy, log(logged, 1));
    assertThat(result.isIdentifiable()).isTrue();
    assertThat(Replays.intervals(result, "SNIPS").estimate())
        .isGreaterThan(Objects.requireNonNull(result.estimates()).logged().estimate());
  }

  /** The other's chances need no neighbours; its own can't be rebuilt. */
  @Test
  void aLogOfPriorsOfNeighboursCanBeAskedAboutPriorsByRank() throws IOException {
    ReplayedConfiguration logged = configuration("a", SOFT.replace("}", ", prior: neighbours}"));
    ReplayResult result = replay(logged, configuration("b", SOFT), log(logged, 1));
    assertThat(result.isIdentifiable()).isTrue();
    assertThat(result.rebuilt()).isNull();
  }

  @Test
  void anotherVersionThanTheConfigurationSaysIsNamed() throws IOException {
    ReplayedConfiguration logged = configuration("a", SOFT);
    ReplayedConfiguration said = configuration("a", HALF);
    ReplayResult result = replay(said, said, log(logged, 1));
    assertThat(result.missing())
        .containsOnlyKeys("logged by a policy other than epsilon-greedy(Fixed[epsilon=0.5])");
  }

  @Test
  void aLogOfOthersIsRefused() throws IOException {
    ReplayedConfiguration logged = configuration("a", SOFT);
    ReplayedConfiguration other = configuration("b", SOFT);
    assertThatThrownBy(() -> replay(other, logged, log(logged, 1)))
        .hasMessage("log must have settled answers of b with slots of the bandit, had 0");
  }
}
