package dev.thaw.flinkjobs.featurelog;

import static dev.thaw.flinkjobs.TestEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.feast.FeastJson;
import dev.thaw.featuredefinitions.feast.FeastRepo;
import dev.thaw.featuredefinitions.feast.FeastSession;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks Feast for every feature of every user, at every label time and now. */
final class TrainingSets {
  private final FeatureDefinitions features;
  private final Served served;

  TrainingSets(FeatureDefinitions features, Served served) {
    this.features = features;
    this.served = served;
  }

  private List<String> references() {
    return Served.VIEWS.stream()
        .flatMap(view -> features.view(view).features().stream().map(f -> view + ":" + f.name()))
        .toList();
  }

  int online(FeastSession feast, FeastRepo repo) {
    List<Map<String, String>> keys =
        Timeline.USERS.stream().map(user -> Map.of("user_id", user, "domain", "movies")).toList();
    return feast.add("online", repo.path(), "features", references(), "keys", keys, "full", true);
  }

  int historical(FeastSession feast, FeastRepo repo) {
    List<Map<String, Object>> labels = new ArrayList<>();
    for (var label : Timeline.LABELS) {
      for (String user : Timeline.USERS) {
        labels.add(
            Map.of(
                "user_id", user, "domain", "movies", "event_timestamp", at(label).toEpochMilli()));
      }
    }
    return feast.add(
        "historical", repo.path(), "labels", labels, "features", references(), "full", true);
  }

  void assertSame(String log, JsonNode rows, List<String> users) {
    assertThat(rows).hasSize(Timeline.LABELS.size() * Timeline.USERS.size());
    for (int label = 0; label < Timeline.LABELS.size(); label++) {
      for (String user : users) {
        JsonNode row = rows.get(label * Timeline.USERS.size() + Timeline.USERS.indexOf(user));
        for (String view : Served.VIEWS) {
          String as = log + ": " + user + " at " + Timeline.LABELS.get(label);
          assertSame(as, row, view, served.find(label, view, Served.key(view, user)));
        }
      }
    }
  }

  private void assertSame(String as, JsonNode row, String view, Optional<FeatureRow> expected) {
    for (FeatureDefinition feature : features.view(view).features()) {
      Optional<FeatureValue> value = expected.flatMap(found -> found.get(feature.name()));
      String column = view + "__" + feature.name();
      assertThat(row.get(column))
          .as("%s, %s", as, column)
          .isEqualTo(FeastJson.of(value.orElse(FeatureValue.MISSING)));
    }
  }

  void assertNothing(JsonNode rows, String user) {
    for (int label = 0; label < Timeline.LABELS.size(); label++) {
      JsonNode row = rows.get(label * Timeline.USERS.size() + Timeline.USERS.indexOf(user));
      for (String view : Served.VIEWS) {
        assertSame(user + " is erased", row, view, Optional.empty());
      }
    }
  }

  void assertOnline(JsonNode answers, Map<Read, Optional<FeatureRow>> now) {
    for (int i = 0; i < Timeline.USERS.size(); i++) {
      for (String view : Served.VIEWS) {
        EntityKey key = Served.key(view, Timeline.USERS.get(i));
        String as = "online: " + key;
        assertSame(as, answers.get(i).get("values"), view, now.get(new Read(view, key)));
      }
    }
  }
}
