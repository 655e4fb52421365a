package dev.thaw.launcher.tour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The closed loop: visitors are asked for, those who are shown one item like it, and when that has
 * settled the bandit shows it more often.
 */
final class Learning {
  private static final int ROUNDS = 3;
  private static final int VISITORS = 100;
  private static final int SHOWN = 5;

  /** From the end of a reward window until its posterior is served. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

  private final ApiClient api;
  private final Newcomers newcomers;
  private final Narration tell;
  private final Duration rewardWindow;

  Learning(ApiClient api, Newcomers newcomers, Narration tell, Duration rewardWindow) {
    this.api = api;
    this.newcomers = newcomers;
    this.tell = tell;
    this.rewardWindow = rewardWindow;
  }

  /** Without any description, so that nothing but what visitors do says anything of it. */
  void of(CatalogueItem item, DomainId domain) {
    tell.line(
        "whoever is shown %s likes it, and nobody anything else that the bandit drew"
            .formatted(tell.nameOf(item.itemId())));
    tell.line(
        "%d visitors a round, and %d s for their rewards to settle"
            .formatted(VISITORS, rewardWindow.toSeconds()));
    for (int round = 1; round <= ROUNDS; round++) {
      tell.line(round(round, item, domain));
      if (round < ROUNDS) {
        LockSupport.parkNanos(rewardWindow.plus(ON_THE_WAY).toNanos());
      }
    }
  }

  private String round(int round, CatalogueItem item, DomainId domain) {
    int drawn = 0;
    double propensities = 0;
    String posterior = "nothing";
    for (int i = 0; i < VISITORS; i++) {
      UserId visitor = newcomers.visitor(round, i);
      JsonNode answer = api.recommend(visitor, domain, SHOWN);
      Optional<JsonNode> shown = slotOf(item, answer);
      if (shown.isPresent()) {
        JsonNode details = shown.get().path("explanation").path("details");
        if (drawn == 0) {
          posterior =
              String.format(
                  Locale.ROOT,
                  "%d impressions with %.0f rewards",
                  details.path("posterior_impressions").asLong(),
                  details.path("posterior_rewards").asDouble());
        }
        drawn++;
        propensities += shown.get().path("propensity").asDouble();
        newcomers.like(visitor, domain, item.itemId(), answer.path("request_id").asText());
      }
    }
    return drawn == 0
        ? "round %d: not drawn for any of %d visitors".formatted(round, VISITORS)
        : String.format(
            Locale.ROOT,
            "round %d: drawn for %d of %d visitors, mean propensity %.3f; known of it: %s",
            round,
            drawn,
            VISITORS,
            propensities / drawn,
            posterior);
  }

  private static Optional<JsonNode> slotOf(CatalogueItem item, JsonNode answer) {
    for (JsonNode shown : answer.path("items")) {
      if (shown.path("id").asText().equals(item.itemId().value())
          && shown.path("source").asText().equals("bandit")) {
        return Optional.of(shown);
      }
    }
    return Optional.empty();
  }
}
