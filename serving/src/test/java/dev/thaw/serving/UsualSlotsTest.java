package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an installation that configures no policy is served with, draw by draw. */
@Timeout(60)
class UsualSlotsTest {
  @TempDir Path folder;

  @Test
  void whoConfiguresNothingGetsTheDrawsOfBetaThompsonAsEver() {
    try (ServerFixture thaw = new ServerFixture(folder)) {
      thaw.films();
      for (int i = 0; i < 30; i += 3) {
        thaw.write(
            "arm_posterior",
            EntityKey.of("item_id", "m" + i),
            Map.of(
                "impressions", new FeatureValue.Int64(30L + i),
                "rewards", new FeatureValue.Float64(i % 5)));
      }
      thaw.server.refresh();
      List<String> drawn =
          IntStream.range(0, 6).mapToObj(i -> slots(thaw.recommend("u" + i, 3))).toList();
      assertThat(drawn)
          .containsExactly(
              "m2 0.13415000000000002  m1 0.2063867875498066  m0 1.0",
              "m1 0.16880000000000003  m0 0.024422521655437922  m2 1.0",
              "m8 0.07970000000000001  m14 0.043572748016951  m0 1.0",
              "m1 0.19355000000000006  m3 0.13565627131254265  m0 1.0",
              "m4 0.06980000000000001  m11 0.03778757256503978  m0 1.0",
              "m5 0.06485000000000002  m10 0.06405389509704328  m0 1.0");
    }
  }

  private static String slots(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    answer
        .path("items")
        .forEach(
            item ->
                text.append(item.path("id").asText())
                    .append(' ')
                    .append(item.path("propensity").asText())
                    .append("  "));
    return text.toString().strip();
  }
}
