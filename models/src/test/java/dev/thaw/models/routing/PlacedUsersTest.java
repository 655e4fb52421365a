package dev.thaw.models.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users who have a place in the ranking space of a bridge. */
class PlacedUsersTest {
  private static final UserKnowledge.Mapped PLACED =
      new UserKnowledge.Mapped(DomainId.of("books"), 30, true, 0.8, true);

  private static RoutePlan.Taken first(UserKnowledge user) {
    RoutePlan plan = RoutingPolicy.standard().plan(user);
    return plan.taken(plan.next(0));
  }

  @Test
  void placeAndLikesRankTogetherFromTwoKnownLikesOrThreeInteractionsOn() {
    assertThat(first(new UserKnowledge(2, null, PLACED, 2, 2, 0, null)).method())
        .isEqualTo(Method.FUSED);
    assertThat(first(new UserKnowledge(0, null, PLACED, 2, 0, 2, null)).method())
        .as("onboarding answers")
        .isEqualTo(Method.FUSED);
    assertThat(first(new UserKnowledge(2, null, PLACED, 1, 2, 0, null)).method())
        .isEqualTo(Method.CROSS_DOMAIN);
    assertThat(first(new UserKnowledge(0, null, PLACED, 1, 0, 1, null, null, 0, 10)).method())
        .as("one yes of ten answers that rank by themselves")
        .isEqualTo(Method.FUSED);
    assertThat(first(new UserKnowledge(0, null, PLACED, 0, 0, 0, null, null, 0, 10)).method())
        .as("ten noes")
        .isEqualTo(Method.CROSS_DOMAIN);
    assertThat(first(new UserKnowledge(3, null, PLACED, 1, 3, 0, null)).method())
        .as("of three interactions one like will do")
        .isEqualTo(Method.FUSED);
    assertThat(first(new UserKnowledge(3, null, PLACED, 0, 3, 0, null)).method())
        .isEqualTo(Method.CROSS_DOMAIN);
    assertThat(first(new UserKnowledge(200, null, PLACED, 150, 200, 0, null)).method())
        .isEqualTo(Method.FUSED);
    UserKnowledge.Mapped distrusted =
        new UserKnowledge.Mapped(DomainId.of("books"), 30, true, 0.05, true);
    assertThat(first(new UserKnowledge(5, null, distrusted, 5, 5, 0, null)).method())
        .isEqualTo(Method.ITEM_TO_ITEM);
    RoutingPolicy asked =
        new RoutingPolicy(
            RoutingConfig.DEFAULT.with(
                new MethodsConfig(Map.of("3-19", List.of("factors", "content")), "popular")));
    assertThat(asked.plan(new UserKnowledge(5, null, PLACED, 5, 5, 0, null)).steps())
        .as("what was asked for")
        .extracting(RoutePlan.Step::method)
        .containsExactly(Method.FACTORS, Method.CONTENT, Method.POPULARITY);
  }
}
