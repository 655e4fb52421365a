package dev.thaw.flinkjobs.encodeitems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.models.images.ImageFetcher;
import dev.thaw.models.images.UnreadableImageException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostBreakersTest {
  private static final EncoderConfig.Image LIMITS =
      new EncoderConfig.Image(
          "model",
          1,
          "",
          List.of("dead", "alive"),
          10,
          10,
          Duration.ofSeconds(1),
          new EncoderConfig.HostBreaker(3, Duration.ofSeconds(30)));

  private final List<String> asked = new ArrayList<>();
  private final Map<String, UnreadableImageException> failing = new HashMap<>();
  private Instant now = Instant.EPOCH;

  private final ImageFetcher servers =
      (uri, limits) -> {
        asked.add(uri.getHost());
        UnreadableImageException failure = failing.get(uri.getHost());
        if (failure != null) {
          throw failure;
        }
        return new byte[] {1};
      };

  private final HostBreakers breakers = new HostBreakers(servers, () -> now);

  private byte[] fetch(String host) throws UnreadableImageException {
    return breakers.fetch(URI.create("http://" + host + "/a.png"), LIMITS);
  }

  private void fails(String host, String reason) {
    assertThatThrownBy(() -> fetch(host))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(reason);
  }

  private void isDead(String host) {
    failing.put(host, UnreadableImageException.serverFailed("took longer than PT1S", null));
  }

  @Test
  void aServerThatFailedSoOftenInARowIsNotAskedAgain() throws Exception {
    isDead("dead");
    for (int i = 0; i < 3; i++) {
      fails("dead", "took longer");
    }
    for (int i = 0; i < 10; i++) {
      fails("dead", "dead failed 3 times in a row and is left alone for PT30S");
      fails("DEAD", "is left alone");
    }
    assertThat(asked).hasSize(3);
    assertThat(fetch("alive")).as("another host").hasSize(1);
  }

  @Test
  void afterAWhileOneImageIsTriedAndSaysHowItGoesOn() throws Exception {
    isDead("dead");
    for (int i = 0; i < 3; i++) {
      fails("dead", "took longer");
    }
    now = now.plusSeconds(31);
    fails("dead", "took longer");
    fails("dead", "is left alone");
    assertThat(asked).hasSize(4);
    now = now.plusSeconds(31);
    failing.clear();
    assertThat(fetch("dead")).hasSize(1);
    isDead("dead");
    fails("dead", "took longer");
    fails("dead", "took longer");
    assertThat(asked).as("counted anew").hasSize(7);
  }

  @Test
  void failuresThatAreNotInARowLeaveItAsked() throws Exception {
    for (int i = 0; i < 10; i++) {
      isDead("dead");
      fails("dead", "took longer");
      fails("dead", "took longer");
      failing.clear();
      assertThat(fetch("dead")).hasSize(1);
    }
  }

  @Test
  void imagesThatAreNotThereAreNoFailureOfTheServer() {
    failing.put("alive", new UnreadableImageException("status 200, was 404"));
    for (int i = 0; i < 10; i++) {
      fails("alive", "was 404");
    }
    assertThat(asked).hasSize(10);
  }
}
