package dev.thaw.featuredefinitions.feast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code feast apply} registers is what Java reads from the same file, field by field. */
class FeastRepoIT {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  @TempDir Path folder;

  @Test
  void registriesHoldWhatJavaReadsOnEveryOnlineStore() throws Exception {
    Path log = folder.toRealPath().resolve("log");
    FeastSession session = FeastSession.in(folder).with("THAW_FEATURE_LOG", log.toString());
    FeastRepo sqlite = FeastRepo.copyTo(folder.resolve("sqlite"));
    FeastRepo redis =
        FeastRepo.copyTo(folder.resolve("redis"))
            .on("feature_store.redis.yaml", RedisServer.single().addresses());
    FeastRepo cluster =
        FeastRepo.copyTo(folder.resolve("cluster"))
            .on("feature_store.redis-cluster.yaml", RedisServer.cluster().addresses());
    cluster.addFeature(
        "user_activity",
        "{name: phone_sales_2h, type: DOUBLE, aggregate: sum, field: value, types: [purchase],"
            + " where: {context.device: phone}, window: 2h,"
            + " description: Amount bought for on a phone}");
    List<FeastRepo> repos = List.of(sqlite, redis, cluster);
    for (FeastRepo repo : repos) {
      session.add("apply", repo.path());
      session.add("registry", repo.path());
    }

    JsonNode answers = session.run();

    for (FeastRepo repo : repos) {
      int step = 2 * repos.indexOf(repo) + 1;
      boolean isRedis = repo != sqlite;
      JsonNode registry = ExpectedRegistry.spelledAsJavaDoes(answers.get(step));
      assertThat(registry.get("online_store").textValue()).isEqualTo(isRedis ? "redis" : "sqlite");
      ((ObjectNode) registry).remove("online_store");
      FeatureDefinitions definitions = FeatureDefinitions.load(repo.featuresFile());
      assertSame(registry, ExpectedRegistry.of(definitions, log));
    }
    JsonNode added =
        answers.get(5).get("views").get("user_activity").get("aggregations").get("phone_sales_2h");
    assertSame(added, Map.of("function", "sum", "column", "value", "window_seconds", 7200.0));
  }

  /** Compares as JSON, so that a difference shows both texts. */
  private static void assertSame(JsonNode actual, Object expected) throws IOException {
    JsonNode wanted = JSON.readTree(JSON.writeValueAsBytes(expected));
    assertThat(sorted(actual)).isEqualTo(sorted(wanted));
  }

  private static String sorted(JsonNode node) throws IOException {
    Object plain = JSON.treeToValue(node, Object.class);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plain);
  }
}
