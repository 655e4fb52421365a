package dev.thaw.evaluation.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.interactions.Interactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationDataTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("domains.yaml"),
        """
        version: 1
        event_types: []
        domains:
        - name: movies
          rating: {min: 1.0, max: 5.0}
          positive: {rating_at_least: 4.0, types: [like]}
          attributes: []
          sources: []
        """);
    Files.writeString(folder.resolve("items.jsonl"), "");
    Files.writeString(folder.resolve("events.jsonl"), "");
  }

  private boolean timed() throws IOException {
    return EvaluationData.read(folder, NOW, bad -> {}).timed();
  }

  private void provenance(int untimed) throws IOException {
    Files.writeString(
        folder.resolve("import.json"), "{\"times\": {\"untimed_events\": " + untimed + "}}");
  }

  @Test
  void timesAreThoseOfTheDataUnlessTheImportMadeSomeUp() throws IOException {
    assertThat(timed()).as("nobody imported it").isTrue();
    provenance(0);
    assertThat(timed()).isTrue();
    provenance(3);
    assertThat(timed()).isFalse();
  }

  @Test
  void madeUpTimesAreTakenAwayAndThoseOfTheDataAreNot() throws IOException {
    Files.writeString(
        folder.resolve("events.jsonl"),
        """
        {"event_id": "e1", "user_id": "ann", "item_id": "alien", "domain": "movies", "type": "rating", "value": 5, "time": "2020-01-01T00:00:00Z"}
        """);
    DomainId movies = new DomainId("movies");
    for (int untimed : new int[] {0, 1}) {
      provenance(untimed);
      EvaluationData data = EvaluationData.read(folder, NOW, bad -> {});
      Interactions kept = data.withoutMadeUpTimes().interactions().get(movies);
      assertThat(kept.rowTime(0))
          .isEqualTo(untimed == 0 ? 1_577_836_800_000L : Interactions.UNTIMED);
      assertThat(kept.rowStrength(0)).isEqualTo(5);
      assertThat(data.interactions().get(movies).rowTime(0)).isEqualTo(1_577_836_800_000L);
    }
  }
}
