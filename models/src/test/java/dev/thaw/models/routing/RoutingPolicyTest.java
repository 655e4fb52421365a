package dev.thaw.models.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingPolicyTest {
  private static final RoutingPolicy POLICY = RoutingPolicy.standard();
  private static final UserKnowledge.Mapped MAPPED =
      new UserKnowledge.Mapped(DomainId.of("books"), 30, true, 0.8);

  @ParameterizedTest
  @CsvSource({"0,0", "1,1-2", "2,1-2", "3,3-19", "19,3-19", "20,20+", "5000,20+"})
  void stageBounds(long interactions, String label) {
    assertThat(POLICY.stage(interactions).label()).isEqualTo(label);
  }

  private static RoutePlan.Taken first(UserKnowledge user) {
    RoutePlan plan = POLICY.plan(user);
    return plan.taken(plan.next(0));
  }

  private static final RoutePlan.Step NO_LIKES =
      new RoutePlan.Step(Method.ITEM_TO_ITEM, false, "no liked item that the active model knows");
  private static final RoutePlan.Step NO_VECTOR =
      new RoutePlan.Step(
          Method.FACTORS, false, "no factor vector of the active model for this user");

  @Test
  void brandNewUserGetsPopularityOfTheSegment() {
    RoutePlan.Taken taken = first(new UserKnowledge(0, null, null, 0, 0, 0, "young"));
    assertThat(taken.method()).isEqualTo(Method.POPULARITY);
    assertThat(taken.reason()).isEqualTo("popular in segment young");
    assertThat(taken.fallbacks())
        .containsExactly(
            new RoutePlan.Step(Method.CROSS_DOMAIN, false, "no vector mapped from another domain"),
            NO_LIKES,
            NO_VECTOR,
            new RoutePlan.Step(
                Method.CONTENT, false, "no liked item and no onboarding answer with content"));
  }

  @Test
  void onboardingAnswersLeadToFactorsAndWithoutThemToContent() {
    RoutePlan.Taken folded =
        first(new UserKnowledge(0, new UserKnowledge.Folded(0), null, 0, 0, 2, null));
    assertThat(folded.method()).isEqualTo(Method.FACTORS);
    assertThat(folded.reason()).isEqualTo("factor vector from 2 onboarding answers");
    RoutePlan.Taken taken = first(new UserKnowledge(0, null, null, 0, 0, 2, null));
    assertThat(taken.method()).isEqualTo(Method.CONTENT);
    assertThat(taken.reason()).isEqualTo("content near 2 onboarding answers");
  }

  @Test
  void userWarmElsewhereCrossesTheBridge() {
    RoutePlan.Taken taken = first(new UserKnowledge(0, null, MAPPED, 0, 0, 1, null));
    assertThat(taken.method()).isEqualTo(Method.CROSS_DOMAIN);
    assertThat(taken.reason()).isEqualTo("vector mapped from books by 30 interactions there");
  }

  @Test
  void whatIsLikedTogetherComesBeforeTheOwnVectorAndAfterABridgeForFewInteractions() {
    UserKnowledge.Folded folded = new UserKnowledge.Folded(5);
    RoutePlan.Taken taken = first(new UserKnowledge(5, folded, MAPPED, 4, 5, 0, null));
    assertThat(taken.method()).isEqualTo(Method.ITEM_TO_ITEM);
    assertThat(taken.reason()).isEqualTo("liked together with 4 liked items");
    assertThat(first(new UserKnowledge(100, folded, null, 1, 5, 0, null)).reason())
        .isEqualTo("liked together with 1 liked item");
    assertThat(first(new UserKnowledge(2, folded, MAPPED, 2, 2, 0, null)).method())
        .isEqualTo(Method.CROSS_DOMAIN);
    assertThat(first(new UserKnowledge(0, null, null, 2, 0, 2, null)).method())
        .as("onboarding answers")
        .isEqualTo(Method.ITEM_TO_ITEM);
  }

  /** Also of who says no to everything. */
  @Test
  void answersThatRankAreNamedWhateverTheySay() {
    RoutePlan.Taken taken = first(new UserKnowledge(0, null, null, 2, 0, 2, null, null, 0, 10));
    assertThat(taken.method()).isEqualTo(Method.ITEM_TO_ITEM);
    assertThat(taken.reason())
        .isEqualTo("liked by who answers alike: 10 onboarding answers, 2 liked items");
    assertThat(first(new UserKnowledge(0, null, null, 0, 0, 0, null, null, 0, 1)).reason())
        .isEqualTo("liked by who answers alike: 1 onboarding answer, 0 liked items");
  }

  @Test
  void warmerUsersGetTheirOwnVector() {
    UserKnowledge.Folded folded = new UserKnowledge.Folded(5);
    assertThat(first(new UserKnowledge(5, folded, MAPPED, 0, 5, 0, null)).method())
        .isEqualTo(Method.FACTORS);
    assertThat(first(new UserKnowledge(2, folded, MAPPED, 0, 2, 0, null)).method())
        .isEqualTo(Method.CROSS_DOMAIN);
    assertThat(first(new UserKnowledge(2, folded, null, 0, 1, 0, null)).reason())
        .isEqualTo("factor vector from 5 interactions in the domain");
    assertThat(first(new UserKnowledge(100, null, MAPPED, 0, 50, 0, null)).method())
        .isEqualTo(Method.CONTENT);
  }

  @Test
  void bridgesThatAreNotTrustedAreNamedAndPassedOver() {
    assertThat(passedOver(new UserKnowledge.Mapped(DomainId.of("books"), 30, false, 0.8)))
        .isEqualTo("mapped from books, but that bridge did not pass its negative-transfer gate");
    assertThat(passedOver(new UserKnowledge.Mapped(DomainId.of("books"), 1, true, 0.8)))
        .isEqualTo("mapped from books, but from 1 interaction, fewer than 3");
    assertThat(passedOver(new UserKnowledge.Mapped(DomainId.of("books"), 30, true, 0.05)))
        .isEqualTo("mapped from books, but with confidence 0.05, below 0.1");
  }

  private static String passedOver(UserKnowledge.Mapped mapped) {
    RoutePlan.Taken taken = first(new UserKnowledge(0, null, mapped, 0, 0, 0, null));
    assertThat(taken.method()).isEqualTo(Method.POPULARITY);
    return taken.fallbacks().get(0).reason();
  }

  @Test
  void failureAtRunTimeFallsToTheNextAndIsRecorded() {
    RoutePlan plan = POLICY.plan(new UserKnowledge(0, null, MAPPED, 0, 0, 1, null));
    int first = plan.next(0);
    RoutePlan after = plan.failed(first, "vector index open");
    RoutePlan.Taken taken = after.taken(after.next(first + 1));
    assertThat(taken.method()).isEqualTo(Method.CONTENT);
    assertThat(taken.fallbacks())
        .containsExactly(
            new RoutePlan.Step(Method.CROSS_DOMAIN, false, "vector index open"),
            NO_LIKES,
            NO_VECTOR);
    int last = plan.steps().size() - 1;
    assertThatThrownBy(() -> plan.failed(last, "down")).hasMessageContaining("usable popularity");
  }

  @Provide
  Arbitrary<UserKnowledge> users() {
    Arbitrary<UserKnowledge.Folded> folded =
        Arbitraries.longs().between(0, 50).map(UserKnowledge.Folded::new).injectNull(0.5);
    Arbitrary<UserKnowledge.Mapped> mapped =
        Combinators.combine(
                Arbitraries.longs().between(0, 40),
                Arbitraries.of(true, false),
                Arbitraries.doubles().between(0, 1),
                Arbitraries.of(true, false))
            .as((n, on, c, at) -> new UserKnowledge.Mapped(DomainId.of("books"), n, on, c, at))
            .injectNull(0.4);
    return Combinators.combine(
            Arbitraries.longs().between(0, 60),
            folded,
            mapped,
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("a", "b").injectNull(0.5))
        .as(UserKnowledge::new);
  }

  @Property(tries = 500, seed = "501")
  void everyUserHasARouteWithReasonsAndEachMethodAtMostOnce(@ForAll("users") UserKnowledge user) {
    RoutePlan plan = POLICY.plan(user);
    assertThat(plan.steps()).extracting(RoutePlan.Step::method).doesNotHaveDuplicates();
    assertThat(plan.steps()).allMatch(step -> !step.reason().isBlank());
    int steps = 0;
    for (int at = plan.next(0); at < plan.steps().size() - 1; at = plan.next(at + 1)) {
      plan = plan.failed(at, "down");
      steps++;
    }
    assertThat(plan.taken(plan.next(0)).method()).isEqualTo(Method.POPULARITY);
    assertThat(steps).isLessThanOrEqualTo(5);
    assertThat(POLICY.banditSlots(plan.stage())).isBetween(1, 2);
  }

  @Test
  void aMethodThatNoUsualTableHasIsThereWhereItIsAskedFor() {
    RoutingConfig asked =
        RoutingConfig.DEFAULT.with(
            new MethodsConfig(Map.of("3-19", List.of("meta-learned", "content")), "popular"));
    assertThat(RoutingConfig.DEFAULT.uses(Method.META_LEARNED)).isFalse();
    assertThat(asked.uses(Method.META_LEARNED)).isTrue();
    RoutingPolicy policy = new RoutingPolicy(asked);
    UserKnowledge user = new UserKnowledge(5, null, null, 4, 5, 0, null);
    RoutePlan without = policy.plan(user);
    assertThat(without.steps())
        .extracting(RoutePlan.Step::method)
        .containsExactly(Method.META_LEARNED, Method.CONTENT, Method.POPULARITY);
    assertThat(without.next(0)).isEqualTo(1);
    assertThat(plan(policy, "v1", "v1").taken(0).reason())
        .isEqualTo("meta-learned model adapted to 5 interactions");
    assertThat(plan(policy, "v1", "v2").steps().get(0))
        .isEqualTo(
            new RoutePlan.Step(Method.META_LEARNED, false, "layers of model v1, but v2 serves"));
    assertThat(plan(policy, "v1", null).steps().get(0).reason())
        .isEqualTo("layers of model v1, but none serves");
    assertThat(policy.plan(new UserKnowledge(2, null, null, 1, 2, 0, null)).steps())
        .as("another stage keeps its own")
        .extracting(RoutePlan.Step::method)
        .startsWith(Method.CROSS_DOMAIN);
  }

  private static RoutePlan plan(RoutingPolicy policy, String version, @Nullable String active) {
    return policy.plan(
        new UserKnowledge(
            5, null, null, 4, 5, 0, null, new UserKnowledge.Adapted(5, version, active), 0, 0));
  }

  @Test
  void theOrderOfLikesRanksWhereItIsAskedForAndAModelKnowsOne() {
    RoutingPolicy asking =
        new RoutingPolicy(
            RoutingConfig.DEFAULT.with(
                new MethodsConfig(Map.of("3-19", List.of("sequential", "content")), "popular")));
    RoutePlan known = asking.plan(new UserKnowledge(5, null, null, 4, 5, 0, null, null, 4, 0));
    assertThat(known.steps().get(0))
        .isEqualTo(
            new RoutePlan.Step(
                Method.SEQUENTIAL, true, "liked next after the 4 newest liked items"));
    RoutePlan unknown = asking.plan(new UserKnowledge(5, null, null, 4, 5, 0, null));
    assertThat(unknown.steps().get(0))
        .isEqualTo(
            new RoutePlan.Step(
                Method.SEQUENTIAL, false, "no liked item that a sequential model knows"));
    assertThat(RoutingConfig.DEFAULT.uses(Method.SEQUENTIAL)).isFalse();
  }

  @Test
  void namesOfNoMethodOrStageAreRefused() {
    assertThatThrownBy(
            () ->
                RoutingConfig.DEFAULT.with(
                    new MethodsConfig(Map.of("4", List.of("content")), "popular")))
        .hasMessage("stage must be one of [0, 1-2, 3-19, 20+], was \"4\"");
    assertThatThrownBy(
            () ->
                RoutingConfig.DEFAULT.with(
                    new MethodsConfig(Map.of("0", List.of("melu")), "popular")))
        .hasMessageContaining("was \"melu\"");
  }

  @Test
  void tablesWithHolesAreRefused() {
    assertThatThrownBy(
            () -> new RoutingConfig(3, 20, 0, 0, Map.of(), RoutingConfig.DEFAULT.banditSlots()))
        .hasMessage("routing of stage 0 is missing");
    assertThatThrownBy(
            () ->
                new RoutingConfig(
                    3, 3, 0, 0, Map.of(Stage.NONE, List.of()), RoutingConfig.DEFAULT.banditSlots()))
        .hasMessage("stages need 2 <= someFrom < manyFrom, were 3 and 3");
    assertThatThrownBy(
            () ->
                new RoutingConfig(
                    3,
                    20,
                    0,
                    0,
                    RoutingConfig.DEFAULT.order(),
                    Map.of(Stage.NONE, 3, Stage.FEW, 1, Stage.SOME, 1, Stage.MANY, 1)))
        .hasMessage("bandit slots of stage 0 must be in [0, 2], were 3");
  }
}
