package dev.thaw.evaluation.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.models.bandit.linear.Intercept;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.serving.snapshot.LinearForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Two arms and two users, worked out by hand. At {@link #THEN} arm a has earned 1 with one user and
 * 0 with the other, arm b 1 with the other; the domain's rate is (5 + 2) / (100 + 3), the means of
 * the arms' priors, each worth 20 impressions, are twice that and that, rounded to .13631 and
 * .068156. With precision 4,
 *
 * <pre>
 * A_a = [22 1; 1 5], b_a = (3.72627, 1), theta_a = (.161755, .167649)
 * A_b = [21 0; 0 4], b_b = (2.36313, 0), theta_b = (.112530, 0)
 * </pre>
 */
class LinearPosteriorsOverTimeTest {
  private static final double PRECISION = 4;
  private static final long THEN = 40;
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");
  private static final EligibleArms BOTH = new EligibleArms(List.of(A, B), 0);
  private static final DecisionFeatures ONE = new DecisionFeatures("s", List.of(1f, 1f));
  private static final DecisionFeatures OTHER = new DecisionFeatures("s", List.of(1f, 0f));
  private static final DecisionFeatures RETRAINED = new DecisionFeatures("t", List.of(1f, 1f));
  private static final Assignment OWN = new Assignment("e", "own");
  private static final ServingConfig THOMPSON =
      serving(BanditPolicyConfig.LINEAR_THOMPSON, "noise", 0.3);
  private static final LinearForm DIAGONAL = LinearForm.of(THOMPSON.banditPolicy()).orElseThrow();

  private static ServingConfig serving(String name, String parameter, double value) {
    return ThawConfig.embedded(Path.of("unused"))
        .serving()
        .withBandit(
            new BanditPolicyConfig(
                name,
                Map.of(parameter, value, BanditPolicyConfig.PRIOR_PRECISION, PRECISION),
                0,
                false),
            ExplorationBudgetConfig.NONE);
  }

  private static SettledSlot slot(
      ItemId item, DecisionFeatures features, double reward, long settled, Assignment by) {
    return new SettledSlot(
        RequestId.of("r" + settled),
        DomainId.of("movies"),
        item,
        0,
        Impression.Slot.BANDIT,
        0.5,
        "positive",
        reward,
        settled - 10,
        settled,
        by,
        features);
  }

  private static SettledSlot slot(
      ItemId item, DecisionFeatures features, double reward, long settled) {
    return slot(item, features, reward, settled, Assignment.NONE);
  }

  private static List<SettledSlot> log() {
    return new ArrayList<>(
        List.of(slot(A, ONE, 1, 10), slot(A, OTHER, 0, 20), slot(B, OTHER, 1, 30)));
  }

  private static PosteriorsOverTime over(List<SettledSlot> settled, LinearForm form) {
    return new PosteriorsOverTime(
        settled, Assignment.NONE, RewardDefinition.POSITIVE, Set.of(form));
  }

  private static double[] chances(ServingConfig by, DecisionFeatures user) {
    LinearForm form = LinearForm.of(by.banditPolicy()).orElseThrow();
    return new RebuiltChances(by)
        .of(BOTH, user, THEN, over(log(), form).at("p", user, THEN), new SplittableRandom(1));
  }

  /**
   * The upper bounds with alpha 5: 2.7240 and 2.8403 of the one, 1.2326 and 1.2036 of the other.
   */
  @Test
  void linUcbsChancesAreThoseOfItsBounds() {
    ServingConfig upper = serving(BanditPolicyConfig.LIN_UCB, "alpha", 5).withUniformFloor(0.2);
    assertThat(chances(upper, ONE)).containsExactly(new double[] {0.1, 0.9}, within(1e-12));
    assertThat(chances(upper, OTHER)).containsExactly(new double[] {0.9, 0.1}, within(1e-12));
  }

  /**
   * Phi(.216874 / (.3 sqrt(.245455 + .297619))) and Phi(.049225 / (.3 sqrt(.045455 + .047619))).
   */
  @Test
  void linearThompsonsChancesAreThoseOfTwoNormalScores() {
    ServingConfig drawn =
        new ServingConfig(
            THOMPSON.host(),
            THOMPSON.port(),
            THOMPSON.deadline(),
            THOMPSON.maxK(),
            THOMPSON.banditSlots(),
            THOMPSON.shortlist(),
            THOMPSON.uniformFloor(),
            100_000,
            THOMPSON.banditPolicy(),
            THOMPSON.explorationBudget(),
            THOMPSON.seed(),
            THOMPSON.scoredWhole(),
            THOMPSON.features(),
            THOMPSON.methods(),
            null);
    assertThat(chances(drawn, ONE)[0]).isCloseTo(0.99 * 0.83670 + 0.005, within(0.005));
    assertThat(chances(drawn, OTHER)[0]).isCloseTo(0.99 * 0.70467 + 0.005, within(0.005));
  }

  @Test
  void aVersionIsOfWhatHadSettledWhereItIsFirstLogged() {
    PosteriorsOverTime posteriors = over(log(), DIAGONAL);
    ArmsSnapshot early = posteriors.at("p1", ONE, 15).linear(DIAGONAL);
    assertThat(early.learned(A)).isEqualTo(new ArmEvidence(1, 1));
    assertThat(early.learned(B)).isEqualTo(ArmEvidence.NONE);
    ArmsSnapshot late = posteriors.at("p2", ONE, THEN).linear(DIAGONAL);
    assertThat(late.learned(A)).isEqualTo(new ArmEvidence(2, 1));
    assertThat(posteriors.at("p1", ONE, 50).linear(DIAGONAL)).as("as first logged").isSameAs(early);
  }

  /** A space has its own sums; what was earned in another one moves the weight of 1 alone. */
  @Test
  void sumsOfOneSpaceAreNotUsedForAnother() {
    List<SettledSlot> log = log();
    log.add(slot(A, RETRAINED, 1, 35));
    PosteriorsOverTime posteriors = over(log, DIAGONAL);
    ArmsSnapshot retrained = posteriors.at("p", RETRAINED, THEN).linear(DIAGONAL);
    ArmsSnapshot before = posteriors.at("p", ONE, THEN).linear(DIAGONAL);
    assertThat(retrained.learned(A)).isEqualTo(new ArmEvidence(1, 1));
    assertThat(retrained.learned(B)).isEqualTo(ArmEvidence.NONE);
    assertThat(before.learned(A)).isEqualTo(new ArmEvidence(2, 1));
    Arm arm = new Arm(A, new BetaPrior(1, 19));
    assertThat(retrained.intercept(arm)).isEqualTo(new Intercept(20 + 2, 1 + 1));
    assertThat(before.intercept(arm)).isEqualTo(new Intercept(20 + 1, 1 + 1));
  }

  /** As the job does: an arm keeps the two spaces that came last. */
  @Test
  void aThirdSpaceTakesThePlaceOfTheOldest() {
    List<SettledSlot> log = log();
    log.add(slot(A, RETRAINED, 1, 35));
    DecisionFeatures third = new DecisionFeatures("u", List.of(1f, 1f));
    log.add(slot(A, third, 1, 38));
    PosteriorsOverTime posteriors = over(log, DIAGONAL);
    assertThat(posteriors.at("p", ONE, THEN).linear(DIAGONAL).learned(A))
        .isEqualTo(ArmEvidence.NONE);
    assertThat(posteriors.at("p", ONE, THEN).linear(DIAGONAL).learned(B))
        .isEqualTo(new ArmEvidence(1, 1));
    assertThat(posteriors.at("p", third, THEN).linear(DIAGONAL).learned(A))
        .isEqualTo(new ArmEvidence(1, 1));
  }

  @Test
  void whatOtherConfigurationsOfTheExperimentShowedTeachesNothing() {
    List<SettledSlot> log =
        List.of(
            slot(A, ONE, 1, 10, OWN),
            slot(A, ONE, 0, 20, new Assignment("e", "rest")),
            slot(A, ONE, 0, 30));
    ArmsSnapshot known =
        new PosteriorsOverTime(log, OWN, RewardDefinition.POSITIVE, Set.of(DIAGONAL))
            .at("p", ONE, THEN)
            .linear(DIAGONAL);
    assertThat(known.learned(A)).isEqualTo(new ArmEvidence(2, 1));
  }

  @Test
  void sumsFadeByTheHalfLifeOfTheReward() {
    RewardDefinition halved =
        new RewardDefinition(
            "positive", List.of(), new RewardDefinition.Whole(), null, Duration.ofMillis(3_200));
    List<SettledSlot> log = List.of(slot(A, ONE, 1, 3_200), slot(A, ONE, 0, 6_400));
    ArmsSnapshot known =
        new PosteriorsOverTime(log, Assignment.NONE, halved, Set.of(DIAGONAL))
            .at("p", ONE, 7_000)
            .linear(DIAGONAL);
    assertThat(known.learned(A)).isEqualTo(new ArmEvidence(1.5, 0.5));
  }

  /** What is a dead letter of the job: other features than those before them of the space. */
  @Test
  void featuresOfAnotherLengthTeachNothing() {
    List<SettledSlot> log = log();
    log.add(slot(A, new DecisionFeatures("s", List.of(1f, 0f, 0f)), 1, 35));
    assertThat(over(log, DIAGONAL).at("p", ONE, THEN).linear(DIAGONAL).learned(A))
        .isEqualTo(new ArmEvidence(2, 1));
  }

  @Test
  void aDecisionWithoutFeaturesHasNoLinearPosteriors() {
    PosteriorsOverTime.Known known = over(log(), DIAGONAL).at("p", DecisionFeatures.NONE, THEN);
    assertThat(known.posteriors().of(A)).isEqualTo(new ArmEvidence(2, 1));
    assertThatThrownBy(() -> known.linear(DIAGONAL))
        .hasMessage("form must be one of [], was " + DIAGONAL);
  }
}
