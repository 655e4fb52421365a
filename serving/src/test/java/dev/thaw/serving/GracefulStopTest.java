package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GracefulStopTest {
  @TempDir Path folder;

  @Test
  void anAnswerInFlightIsFinishedAndItsImpressionWritten() throws Exception {
    ServerFixture thaw = new ServerFixture(folder);
    thaw.films();
    thaw.storeTrouble.hang();
    CompletableFuture<JsonNode> answer =
        CompletableFuture.supplyAsync(() -> thaw.recommend("u", 5));
    thaw.storeTrouble.awaitCaller();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(thaw.server::close);
    while (thaw.server.isReady()) {
      Thread.sleep(1);
    }
    assertThat(answer).isNotDone();
    thaw.storeTrouble.recover();
    assertThat(ids(answer.get())).hasSize(5);
    stopping.get();
    thaw.close();
    assertThat(thaw.delivered.of("thaw.impressions"))
        .extracting(each -> each.at("/request_id").asText())
        .containsExactly(answer.get().at("/request_id").asText());
  }
}
