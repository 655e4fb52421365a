package dev.thaw.models.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.routing.RoutingTable.Cell;
import dev.thaw.models.routing.RoutingTable.Compared;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
  private static final RoutingPolicy POLICY = RoutingPolicy.standard();
  private static final UserKnowledge.Mapped MAPPED =
      new UserKnowledge.Mapped(DomainId.of("books"), 30, true, 0.8);

  private static Cell cell(int from, boolean mapped, @Nullable Method preferred) {
    List<Compared> compared =
        preferred == null
            ? List.of()
            : List.of(new Compared(preferred, new Interval(0.02, 0.01, 0.03, 500)));
    return new Cell(from, mapped, preferred, 500, 0.25, compared);
  }

  private static final RoutingTable TABLE =
      new RoutingTable(
          DomainId.of("movies"),
          0.95,
          List.of(
              cell(0, true, Method.POPULARITY),
              cell(1, false, null),
              cell(3, false, Method.FUSED),
              cell(3, true, Method.CROSS_DOMAIN),
              cell(10, false, null)));

  private static Method first(UserKnowledge user) {
    RoutePlan plan = POLICY.plan(user, TABLE);
    return plan.taken(plan.next(0)).method();
  }

  private static UserKnowledge user(int interactions, UserKnowledge.@Nullable Mapped mapped) {
    return new UserKnowledge(
        interactions,
        interactions == 0 ? null : new UserKnowledge.Folded(interactions),
        mapped,
        interactions,
        interactions,
        0,
        null);
  }

  @Test
  void theCellOfTheMostInteractionsUpToTheUsersDecides() {
    assertThat(first(user(2, null))).isEqualTo(Method.ITEM_TO_ITEM);
    assertThat(first(user(3, null))).isEqualTo(Method.FUSED);
    assertThat(first(user(9, null))).isEqualTo(Method.FUSED);
    assertThat(first(user(10, null))).isEqualTo(Method.ITEM_TO_ITEM);
  }

  @Test
  void usersWithAMappedVectorHaveCellsOfTheirOwn() {
    assertThat(first(user(0, MAPPED))).isEqualTo(Method.POPULARITY);
    assertThat(first(user(5, MAPPED))).isEqualTo(Method.CROSS_DOMAIN);
    UserKnowledge.Mapped closed = new UserKnowledge.Mapped(DomainId.of("books"), 30, false, 0.8);
    assertThat(first(user(5, closed))).as("a vector that may not be used").isEqualTo(Method.FUSED);
  }

  @Test
  void fusedSaysWhetherThePlaceOrTheVectorRanksBesideTheLikes() {
    UserKnowledge.Mapped placed =
        new UserKnowledge.Mapped(DomainId.of("books"), 30, true, 0.8, true);
    assertThat(fusedReason(user(5, placed)))
        .contains("liked together with 5 liked items, and what 30 interactions in books say");
    assertThat(fusedReason(user(5, MAPPED))).contains("factor vector from").contains("books");
  }

  private static String fusedReason(UserKnowledge user) {
    RoutePlan plan = POLICY.planPreferring(Method.FUSED, user);
    return plan.taken(plan.next(0)).reason();
  }

  @Test
  void whatHasNoCellIsOrderedAsConfigured() {
    RoutingTable only = new RoutingTable(TABLE.domain(), 0.95, List.of(cell(3, false, null)));
    for (UserKnowledge user : List.of(user(0, null), user(1, MAPPED), user(3, null))) {
      assertThat(POLICY.plan(user, only)).isEqualTo(POLICY.plan(user));
    }
  }

  @Test
  void whoIsKnownByOnboardingAnswersIsOrderedAsConfigured() {
    UserKnowledge answered = new UserKnowledge(0, new UserKnowledge.Folded(0), null, 4, 0, 4, null);
    assertThat(POLICY.plan(answered, TABLE)).isEqualTo(POLICY.plan(answered));
    UserKnowledge unliked = new UserKnowledge(3, null, null, 3, 0, 0, null, null, 0, 4);
    assertThat(POLICY.plan(unliked, TABLE)).isEqualTo(POLICY.plan(unliked));
  }

  @Test
  void whyAMethodWentFirstIsSaidAndTheOthersFollowInTheConfiguredOrder() {
    RoutePlan plan = POLICY.plan(user(3, null), TABLE);
    assertThat(plan.steps())
        .extracting(RoutePlan.Step::method)
        .containsExactly(
            Method.FUSED,
            Method.ITEM_TO_ITEM,
            Method.FACTORS,
            Method.CROSS_DOMAIN,
            Method.CONTENT,
            Method.POPULARITY);
    assertThat(plan.steps().get(0).reason())
        .isEqualTo(
            "liked together with 3 liked items, and factor vector from 3 interactions in the"
                + " domain; ranked 500 held-out users better than the configured order, by 0.0200"
                + " [0.0100, 0.0300]");
    assertThat(plan.stage()).isEqualTo(Stage.SOME);
  }

  @Test
  void aStageThatIsConfiguredOtherwiseIsLeftAsItIs() {
    RoutingPolicy asked =
        new RoutingPolicy(
            RoutingConfig.DEFAULT.with(
                new MethodsConfig(Map.of("3-19", List.of("content")), "popular")));
    assertThat(asked.plan(user(3, null), TABLE)).isEqualTo(asked.plan(user(3, null)));
    assertThat(asked.plan(user(0, MAPPED), TABLE).steps().get(0).method())
        .as("a stage that is not")
        .isEqualTo(Method.POPULARITY);
  }

  @Test
  void fusionNeedsBothOfItsParts() {
    UserKnowledge noVector = new UserKnowledge(3, null, null, 3, 3, 0, null);
    assertThat(POLICY.plan(noVector, TABLE).steps().get(0))
        .isEqualTo(
            new RoutePlan.Step(
                Method.FUSED,
                false,
                "no vector mapped from another domain; ranked 500 held-out users better than the"
                    + " configured order, by 0.0200 [0.0100, 0.0300]"));
    assertThat(first(noVector)).isEqualTo(Method.ITEM_TO_ITEM);
    UserKnowledge noLikes = new UserKnowledge(3, new UserKnowledge.Folded(3), null, 0, 3, 0, null);
    assertThat(first(noLikes)).isEqualTo(Method.FACTORS);
  }

  @Test
  void writtenAndReadItIsTheSame() {
    BinaryWriter out = new BinaryWriter();
    TABLE.write(out);
    byte[] bytes = out.toByteArray();
    assertThat(RoutingTable.read(new BinaryReader("routing", bytes))).isEqualTo(TABLE);
    String asText = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] unknown =
        asText.replace("fused", "fuzed").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> RoutingTable.read(new BinaryReader("routing", unknown)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("method \"fuzed\", which is none");
  }
}
