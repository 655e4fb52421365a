package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.vectorindex.milvus.MilvusIndexes;
import dev.thaw.vectorindex.milvus.MilvusServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Milvus that is away, hangs, and is killed: named, never an error, never empty. */
@Timeout(400)
class MilvusOutageIT {
  private static final long BACK_SECONDS = 180;

  @TempDir Path folder;
  private MilvusServer milvus;
  private ServerFixture thaw;

  @AfterEach
  void stop() throws Exception {
    if (thaw != null) {
      thaw.close();
    }
    if (milvus != null) {
      milvus.close();
    }
  }

  @Test
  void servingGoesOnWithoutItAndTakesItUpAgainByItself() throws Exception {
    milvus = MilvusServer.atRest(folder);
    thaw =
        new ServerFixture(
            folder,
            MilvusIndexes.open(milvus.uri()),
            UnaryOperator.identity(),
            UnaryOperator.identity());
    thaw.films();
    assertThat(ids(thaw.recommend("five", 4))).as("Milvus was not started yet").hasSize(4);

    milvus.start();
    TrainedModels.serving(thaw).storeUser(thaw, "five", 0, 5);
    awaitWhole();

    milvus.hang();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      seen.add(degradedOf(recommend()));
    }
    assertThat(seen).startsWith("vector-index:timeout").endsWith("vector-index:open");
    milvus.goOn();
    awaitWhole();

    milvus.kill();
    assertThat(degradedOf(recommend())).startsWith("vector-index:");
    milvus.begin();
    awaitWhole();
  }

  private JsonNode recommend() {
    JsonNode answer =
        thaw.recommend("{\"user_id\":\"five\",\"domain\":\"movies\",\"k\":4,\"deadline_ms\":1000}");
    assertThat(ids(answer)).hasSize(4);
    return answer;
  }

  private static String degradedOf(JsonNode answer) {
    return answer.at("/degraded/0").asText();
  }

  /** Nobody does anything for it but ask again. */
  private void awaitWhole() {
    long end = System.nanoTime() + Duration.ofSeconds(BACK_SECONDS).toNanos();
    JsonNode answer = recommend();
    while (!answer.at("/degraded").isEmpty()
        || !answer.at("/route/method").asText().equals("factors")) {
      assertThat(System.nanoTime()).as("still: %s", answer).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      thaw.ticker.advance(ServerFixture.BREAKER.openFor().plusNanos(1));
      answer = recommend();
    }
  }
}
