package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.serving.featureserver.FeatureServer;
import dev.thaw.serving.featureserver.schema.DefinedFeatures;
import dev.thaw.serving.remotefeatures.RemoteFeatures;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose features come from a feature server, over the service of Feast's Java client. */
@Timeout(60)
class RemoteReadingTest {
  @TempDir Path folder;
  private @Nullable FeatureServer features;
  private ServerFixture thaw;

  @BeforeEach
  void start() {
    thaw = new ServerFixture(folder, this::readingRemotely, UnaryOperator.identity());
    thaw.films();
  }

  private ServerParts readingRemotely(ServerParts parts) {
    features =
        FeatureServer.start(
            new FeatureServerConfig("127.0.0.1", 0),
            DefinedFeatures.of(parts.features()),
            parts.store(),
            parts.clocks().data());
    return new ServerParts(
        parts.config(),
        parts.domains(),
        parts.features(),
        parts.store(),
        parts.recents(),
        parts.indexes(),
        parts.models(),
        parts.log(),
        parts.feed(),
        parts.clocks(),
        parts.tuning(),
        parts.extension(),
        RemoteFeatures.open(
            "grpc://127.0.0.1:" + features.port(), OnlineSchema.of(parts.features().views())));
  }

  @AfterEach
  void stop() {
    thaw.close();
    if (features != null) {
      features.close();
    }
  }

  @Test
  void ranksAndUsersAreReadThroughIt() {
    JsonNode answer = thaw.recommend("someone", 5);
    assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.at("/degraded")).isEmpty();
  }

  @Test
  void whenItIsAwayAnswersGoOnAndSaySo() {
    features.close();
    JsonNode answer = thaw.recommend("someone", 5);
    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.at("/degraded").toString()).contains("feature-store:");
  }

  @Test
  void erasuresGoToTheStoreAllTheSame() {
    expectOk(thaw.post("/v1/events", "application/json", ServerFixture.like("e", "u", "m0")));
    assertThat(thaw.delete("/v1/users/u").status().code()).isEqualTo(204);
    assertThat(ids(thaw.recommend("u", 30))).contains("m0");
  }
}
