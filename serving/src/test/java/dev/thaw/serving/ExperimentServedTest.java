package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.experiment.UserSplit;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two configurations behind one address. */
@Timeout(60)
class ExperimentServedTest {
  private static final int USERS = 40;

  @TempDir Path folder;

  @Test
  void eachUserIsServedByOneConfigurationAndTheImpressionSaysWhich() throws InterruptedException {
    try (ServerFixture thaw = new ServerFixture(folder, ExperimentServedTest::bolder)) {
      ExperimentConfig experiment = Objects.requireNonNull(thaw.config.serving().experiment());
      UserSplit split = new UserSplit(experiment);
      thaw.films();
      for (int i = 0; i < 2 * USERS; i++) {
        thaw.recommend("u" + i % USERS, 4);
      }
      Map<String, Set<String>> versions = new HashMap<>();
      for (JsonNode each : impressions(thaw, 2 * USERS)) {
        UserId user = UserId.of(each.path("user_id").asText());
        String configuration = each.at("/experiment/configuration").asText();
        assertThat(each.at("/experiment/name").asText()).isEqualTo("bolder");
        assertThat(configuration).isEqualTo(experiment.configurations().get(split.of(user)).name());
        versions
            .computeIfAbsent(configuration, first -> new HashSet<>())
            .add(each.path("config_version").asText().split("/")[0]);
      }
      assertThat(versions)
          .isEqualTo(
              Map.of(
                  "control", Set.of("beta-thompson(draws=400,floor=0.01)"),
                  "bold", Set.of("softmax(temperature=0.5)")));
      assertThat(thaw.get("/metrics").contentUtf8())
          .contains("thaw_impressions_total{configuration=\"bold\",experiment=\"bolder\",")
          .contains("thaw_impressions_total{configuration=\"control\",experiment=\"bolder\",");
      JsonNode ready = expectOk(thaw.get("/readyz"));
      assertThat(ready.path("experiment").asText()).isEqualTo("bolder");
      assertThat(ready.at("/configuration_shares/bold").asDouble()).isEqualTo(0.5);
    }
  }

  /** What one configuration has spent of its budget is not spent of the other's. */
  @Test
  void untilImpressionsSettleEachConfigurationSpendsItsOwnBudget() throws InterruptedException {
    try (ServerFixture thaw = new ServerFixture(folder, ExperimentServedTest::oncePerItem)) {
      thaw.films();
      String unknown = ServerFixture.film("m-unknown", "", "Drama").replace("[\"Drama\"]", "[]");
      expectOk(thaw.post("/v1/items", "application/x-ndjson", unknown));
      thaw.server.refresh();
      for (int i = 0; i < 60; i++) {
        thaw.recommend("u" + i, 2);
      }
      Map<String, Integer> shown = new HashMap<>();
      for (JsonNode each : impressions(thaw, 60)) {
        for (JsonNode slot : each.path("slots")) {
          if (slot.path("item_id").asText().equals("m-unknown")) {
            shown.merge(each.at("/experiment/configuration").asText(), 1, Integer::sum);
          }
        }
      }
      assertThat(shown).isEqualTo(Map.of("control", 1, "bold", 1));
    }
  }

  private static ServingConfig bolder(ServingConfig own) {
    return experiment(
        own,
        own.withBandit(
            new BanditPolicyConfig("softmax", Map.of("temperature", 0.5), 0, false),
            ExplorationBudgetConfig.NONE));
  }

  private static ServingConfig oncePerItem(ServingConfig own) {
    ServingConfig bounded =
        own.withBandit(
            new BanditPolicyConfig("uniform", Map.of(), 0.5, false),
            new ExplorationBudgetConfig(1, 1, 100, 100));
    return experiment(bounded, bounded);
  }

  private static ServingConfig experiment(ServingConfig control, ServingConfig bold) {
    return control.withExperiment(
        new ExperimentConfig(
            "bolder",
            "",
            List.of(
                new ExperimentConfig.Configuration("control", 0.5, control),
                new ExperimentConfig.Configuration("bold", 0.5, bold))));
  }

  private static List<JsonNode> impressions(ServerFixture thaw, int wanted)
      throws InterruptedException {
    while (thaw.delivered.of("thaw.impressions").size() < wanted) {
      Thread.sleep(20);
    }
    return thaw.delivered.of("thaw.impressions");
  }
}
