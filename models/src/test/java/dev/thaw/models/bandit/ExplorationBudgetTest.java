package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ExplorationBudget.Spent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplorationBudgetTest {
  private static final int SLOTS = 2;

  private static List<Arm> arms(String prefix, int n) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arms.add(new Arm(ItemId.of(prefix + i), BetaPrior.ofMean(0.05, 10)));
    }
    return arms;
  }

  private static boolean isNew(ItemId item) {
    return item.value().startsWith("new");
  }

  @Test
  void nobodyIsShownMoreThanTheBudgetAllowsAtAnyTime() {
    ExplorationBudget budget = new ExplorationBudget(0.1, 25, 6, 3);
    List<Arm> known = arms("known", 10);
    List<Arm> unknown = arms("new", 30);
    NewcomerShare<PosteriorSnapshot> policy =
        new NewcomerShare<>(new BetaThompson(20, 0.05), 0.5, ExplorationBudgetTest::isNew);
    ArmCounts all = new ArmCounts(Fading.NONE);
    Map<String, Integer> shown = new HashMap<>();
    SplittableRandom random = new SplittableRandom(61);
    int explored = 0;
    int impressions = 0;
    for (int request = 0; request < 6_000; request++) {
      String user = "user" + random.nextInt(300);
      String session = user + "/" + request / 2_000;
      Spent spent =
          new Spent(all.at(request), shown.getOrDefault(user, 0), shown.getOrDefault(session, 0));
      List<Arm> eligible = new ArrayList<>(known);
      eligible.addAll(
          budget.eligible(unknown, spent, item -> shown.getOrDefault(item.value(), 0), SLOTS));
      BanditDecision decision =
          SlotSampler.choose(
              policy, Decision.of(PosteriorSnapshot.EMPTY, eligible, request), SLOTS, random);
      for (BanditDecision.Choice choice : decision.choices()) {
        boolean exploration = isNew(choice.item());
        all.observe(exploration ? 1 : 0, request);
        impressions++;
        if (exploration) {
          explored++;
          for (String each : List.of(user, session, choice.item().value())) {
            shown.merge(each, 1, Integer::sum);
          }
        }
        assertThat(explored).isLessThanOrEqualTo(impressions / 10 + 1);
      }
    }
    shown.forEach(
        (who, times) ->
            assertThat(times)
                .as(who)
                .isLessThanOrEqualTo(isNew(ItemId.of(who)) ? 25 : who.contains("/") ? 3 : 6));
    // 30 items x 25, and it was the items' caps that ended it
    assertThat(explored).isEqualTo(750);
  }

  @Test
  void whatIsUsedUpLeavesNobodyEligible() {
    ExplorationBudget budget = new ExplorationBudget(0.1, 25, 6, 3);
    List<Arm> unknown = arms("new", 3);
    Spent fresh = new Spent(new ArmEvidence(1_000, 50), 0, 0);
    assertThat(budget.eligible(unknown, fresh, item -> 0, SLOTS)).isEqualTo(unknown);
    assertThat(budget.eligible(unknown, fresh, item -> item.value().equals("new1") ? 25 : 0, SLOTS))
        .containsExactly(unknown.get(0), unknown.get(2));
    for (Spent used :
        List.of(
            new Spent(new ArmEvidence(1_000, 99), 0, 0),
            new Spent(new ArmEvidence(1_000, 50), 5, 0),
            new Spent(new ArmEvidence(1_000, 50), 0, 2),
            new Spent(ArmEvidence.NONE, 0, 0))) {
      assertThat(budget.eligible(unknown, used, item -> 0, SLOTS)).as("%s", used).isEmpty();
    }
  }

  @Test
  void impossibleBudgetsAreRefused() {
    assertThatThrownBy(() -> new ExplorationBudget(1.1, 1, 1, 1))
        .hasMessage("share must be in [0, 1], was 1.1");
    assertThatThrownBy(() -> new ExplorationBudget(0.1, 1, -1, 1))
        .hasMessage("caps must be >= 0, were 1, -1 and 1");
    assertThatThrownBy(() -> new Spent(ArmEvidence.NONE, Double.NaN, 0))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new NewcomerShare<>(new UniformPolicy<>(), 1, item -> true))
        .hasMessage("share must be in [0, 1), was 1.0");
  }

  @Test
  void relatedArmsMoveThePriorAsFarAsTheirImpressionsReach() {
    RelatedPriors priors = new RelatedPriors(20, 100);
    assertThat(priors.of(0.05, List.of())).isEqualTo(BetaPrior.ofMean(0.05, 20));
    // category: 100 of 10,000 impressions count by 0.5; neighbours: 40 x 0.5 + 20 x 1 = 40
    RelatedPriors.Source category = new RelatedPriors.Source(new ArmEvidence(10_000, 2_000), 0.5);
    RelatedPriors.Source neighbours =
        RelatedPriors.neighbours(
            List.of(new ArmEvidence(40, 4), new ArmEvidence(20, 8)), new double[] {0.5, 1}, 1);
    BetaPrior prior = priors.of(0.05, List.of(category, neighbours));
    assertThat(prior.alpha()).isCloseTo(20 * 0.05 + 50 * 0.2 + 10, offset(1e-12));
    assertThat(prior.alpha() + prior.beta()).isCloseTo(20 + 50 + 40, offset(1e-12));
    assertThatThrownBy(() -> RelatedPriors.neighbours(List.of(), new double[] {1}, 1))
        .hasMessage("similarities must be as many as neighbours, were 1 and 0");
    assertThatThrownBy(() -> new RelatedPriors.Source(ArmEvidence.NONE, 2))
        .hasMessage("weight must be in [0, 1], was 2.0");
  }

  @Test
  void newArmsOfAGoodCategoryAreTriedFirst() {
    RelatedPriors priors = new RelatedPriors(10, 50);
    ArmEvidence good = new ArmEvidence(5_000, 1_000);
    ArmEvidence bad = new ArmEvidence(5_000, 50);
    List<Arm> arms =
        List.of(
            new Arm(ItemId.of("a"), priors.of(0.05, List.of(new RelatedPriors.Source(good, 1)))),
            new Arm(ItemId.of("b"), priors.of(0.05, List.of(new RelatedPriors.Source(bad, 1)))));
    double[] q =
        new BetaThompson(20_000, 0.01)
            .probabilities(Decision.of(PosteriorSnapshot.EMPTY, arms, 0), new SplittableRandom(62));
    assertThat(q[0]).isGreaterThan(0.9);
  }
}
