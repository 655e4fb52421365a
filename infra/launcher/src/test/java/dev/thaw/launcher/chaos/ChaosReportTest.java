package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosReportTest {
  @TempDir Path folder;

  @Test
  void programsReadRoundsAndGuarantees() throws Exception {
    Counts counts = new Counts(100, 5, 0, 0, Map.of("vector-index:open", 3L), 3, 20);
    Round round =
        new Round(
            1,
            Victim.MILVUS,
            Instant.parse("2026-03-05T12:00:00Z"),
            9.5,
            0,
            counts,
            Map.of("vector-index", new BreakerWatch.Moves(2, 2)));
    Guarantee broken = new Guarantee("nothing is lost", "3 counts", List.of("one is"));
    Path file = folder.resolve("chaos.json");
    new ChaosReport(7, List.of(round), List.of(broken)).writeJson(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/rounds/0/killed").asText()).isEqualTo("2026-03-05T12:00:00Z");
    assertThat(json.at("/rounds/0/breakers/vector-index/opened").asInt()).isEqualTo(2);
    assertThat(json.at("/guarantees/0/broken/0").asText()).isEqualTo("one is");
  }
}
