package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Softmax;
import dev.thaw.serving.pipeline.ServedPolicy;
import dev.thaw.serving.pipeline.Shortlist;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Items nothing is known of, which would get nearly every first slot if nothing bounded that. */
@Timeout(60)
class ExplorationBudgetServedTest {
  private static final BanditPolicyConfig EAGER =
      new BanditPolicyConfig("beta-thompson", Map.of(), 0.9, false);
  private static final int ANY = Integer.MAX_VALUE;

  @TempDir Path folder;

  private ServerFixture server(ExplorationBudgetConfig budget) {
    ServerFixture thaw = new ServerFixture(folder, EAGER, budget);
    thaw.films();
    thaw.post("/v1/items", "application/x-ndjson", unknown("n0") + unknown("n1"));
    thaw.server.refresh();
    return thaw;
  }

  private static String unknown(String id) {
    return """
        {"item_id":"%s","domain":"movies","title":"","description":"","categories":[],\
        "attributes":{},"available":true,"time":"2026-04-30T00:00:00Z"}
        """
        .formatted(id);
  }

  private static boolean isUnknown(String id) {
    return id.startsWith("n");
  }

  private static long explorations(JsonNode answer) {
    return ids(answer).stream().filter(ExplorationBudgetServedTest::isUnknown).count();
  }

  private static List<JsonNode> ask(ServerFixture thaw, int times, IntFunction<String> user) {
    return IntStream.range(0, times).mapToObj(i -> thaw.recommend(user.apply(i), 2)).toList();
  }

  @Test
  void withoutABudgetTheShareIsAllThatTheyGet() {
    try (ServerFixture thaw = server(ExplorationBudgetConfig.NONE)) {
      long first =
          ask(thaw, 100, i -> "u" + i).stream()
              .filter(answer -> isUnknown(ids(answer).get(0)))
              .count();
      // 0.9 and what the policy itself gives them; three in a hundred are one deviation
      assertThat(first).isBetween(78L, 100L);
    }
  }

  @Test
  void anItemAtItsCapIsNoLongerEligibleHoweverManyAskAtOnce() throws InterruptedException {
    try (ServerFixture thaw = server(new ExplorationBudgetConfig(1, 7, ANY, ANY))) {
      List<String> shown =
          IntStream.range(0, 100)
              .parallel()
              .mapToObj(i -> ids(thaw.recommend("u" + i, 2)))
              .flatMap(List::stream)
              .toList();
      assertThat(shown).filteredOn("n0"::equals).hasSize(7);
      assertThat(shown).filteredOn("n1"::equals).hasSize(7);
      JsonNode after = thaw.recommend("after", 2);
      while (thaw.delivered.of("thaw.impressions").size() < 101) {
        Thread.sleep(5);
      }
      assertThat(thaw.delivered.of("thaw.impressions"))
          .filteredOn(each -> each.path("request_id").equals(after.path("request_id")))
          .singleElement()
          .satisfies(
              each ->
                  assertThat(BanditRun.texts(each.path("eligible")))
                      .hasSize(20)
                      .doesNotContain("n0", "n1"));
    }
  }

  /** Softmax draws nothing to find its chances: the log alone gives them to the last digit. */
  @Test
  void theLogSaysWhichArmsHaveTheShareSoThatChancesCanBeRebuilt() throws InterruptedException {
    BanditPolicyConfig half =
        new BanditPolicyConfig("softmax", Map.of("temperature", 0.1), 0.5, false);
    try (ServerFixture thaw = new ServerFixture(folder, half, ExplorationBudgetConfig.NONE)) {
      thaw.films();
      thaw.post("/v1/items", "application/x-ndjson", unknown("n0") + unknown("n1"));
      thaw.server.refresh();
      ask(thaw, 20, i -> "u" + i);
      while (thaw.delivered.of("thaw.impressions").size() < 20) {
        Thread.sleep(5);
      }
      Set<Double> chances = new HashSet<>();
      for (JsonNode each : thaw.delivered.of("thaw.impressions")) {
        List<ItemId> arms =
            BanditRun.texts(each.path("eligible")).stream().map(ItemId::of).toList();
        EligibleArms eligible = new EligibleArms(arms, each.path("newcomers").asInt());
        assertThat(eligible.unknown())
            .extracting(ItemId::value)
            .containsExactlyInAnyOrder("n0", "n1");
        // nothing was shown yet: the rate is the assumed one, 5 of 100
        double[] rebuilt =
            ServedPolicy.withNewcomers(new Softmax(0.1), 0.5, eligible.unknown())
                .probabilities(
                    Decision.of(PosteriorSnapshot.EMPTY, Shortlist.arms(eligible, 0.05), 0),
                    new SplittableRandom(1));
        int drawn = arms.indexOf(ItemId.of(each.at("/slots/0/item_id").asText()));
        double propensity = each.at("/slots/0/propensity").asDouble();
        assertThat(propensity).isCloseTo(rebuilt[drawn], within(1e-12));
        chances.add(propensity);
      }
      assertThat(chances).as("a newcomer and others were drawn").hasSizeGreaterThan(1);
    }
  }

  @Test
  void aUserIsShownNoMoreThanTheCapsOfUserAndSession() {
    try (ServerFixture thaw = server(new ExplorationBudgetConfig(1, ANY, 5, 3))) {
      // the clock stands still: all of it is one session; one slot too few is left of it for two
      long first = ask(thaw, 20, i -> "u").stream().mapToLong(each -> explorations(each)).sum();
      assertThat(first).isBetween(2L, 3L);
      assertThat(ask(thaw, 20, i -> "other").stream().anyMatch(each -> explorations(each) > 0))
          .isTrue();
    }
  }

  @Test
  void explorationsAreNeverMoreThanTheirShareOfTheSlots() {
    try (ServerFixture thaw = server(new ExplorationBudgetConfig(0.2, ANY, ANY, ANY))) {
      long explored = 0;
      int slots = 0;
      for (JsonNode answer : ask(thaw, 100, i -> "u" + i)) {
        explored += explorations(answer);
        slots += 2;
        assertThat((double) explored).isLessThanOrEqualTo(0.2 * slots);
      }
      assertThat((double) explored).isGreaterThan(0.15 * slots);
    }
  }
}
