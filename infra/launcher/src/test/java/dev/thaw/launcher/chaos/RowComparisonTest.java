package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two real stores: every way in which one may differ from the other is seen. */
class RowComparisonTest {
  private static final Instant TIME = Instant.parse("2026-03-05T12:00:00Z");
  private static final FeatureDefinitions FEATURES = FeatureDefinitions.shipped();

  @TempDir Path folder;
  private OnlineStore store;
  private OnlineStore reference;

  @BeforeEach
  void open() {
    store = open("store");
    reference = open("reference");
  }

  private OnlineStore open(String name) {
    return OnlineStores.open(
        new ThawConfig.Store("sqlite", folder.resolve(name + ".db").toString(), "thaw"),
        FEATURES.views());
  }

  @AfterEach
  void close() {
    store.close();
    reference.close();
  }

  @Test
  void equalRowsOfAllKindsOfEntitiesAreLookedAt() {
    write(store, 3, 2.0, "i1");
    write(reference, 3, 2.0 + 1e-12, "i1");
    Guarantee rows = compare();
    assertThat(rows.broken()).isEmpty();
    assertThat(rows.found())
        .contains("user_history=1", "user_domain_activity=1", "popularity=1", "item_content=0");
  }

  @Test
  void aCountOneHigherIsSeen() {
    write(store, 4, 2.0, "i1");
    write(reference, 3, 2.0, "i1");
    assertThat(compare().broken())
        .singleElement()
        .asString()
        .contains("user_history of [movies, u1]: interactions", "value=4", "value=3");
  }

  @Test
  void aSumThatIsOffByMoreThanRoundingIsSeen() {
    write(store, 3, 2.00001, "i1");
    write(reference, 3, 2.0, "i1");
    assertThat(compare().broken()).singleElement().asString().contains("spend_30d");
  }

  @Test
  void anotherTextIsSeen() {
    write(store, 3, 2.0, "i2");
    write(reference, 3, 2.0, "i1");
    assertThat(compare().broken()).singleElement().asString().contains("popularity", "item_ids");
  }

  @Test
  void rowsThatOnlyOneHasAreSeen() {
    write(reference, 3, 2.0, "i1");
    assertThat(compare().broken()).hasSize(3).allMatch(line -> line.endsWith(" is missing"));
    write(store, 3, 2.0, "i1");
    store.write(
        "user_profile",
        List.of(
            new FeatureRow(
                EntityKey.of("user_id", "u1"),
                Map.of("attributes", new FeatureValue.Texts(List.of("region=north"))),
                TIME)));
    assertThat(compare().broken()).containsExactly("user_profile of [u1] should not be there");
  }

  private Guarantee compare() {
    Entities entities =
        new Entities(
            FEATURES,
            Map.of(
                "user", List.of("u1", "u2"),
                "item", List.of("i1"),
                "domain", List.of("movies"),
                "segment", List.of("*")));
    return new RowComparison(store, reference, entities).run();
  }

  private static void write(OnlineStore to, long interactions, double spent, String popular) {
    EntityKey user = EntityKey.of("user_id", "u1", "domain", "movies");
    to.write(
        "user_history", List.of(row(user, "interactions", new FeatureValue.Int64(interactions))));
    to.write(
        "user_domain_activity", List.of(row(user, "spend_30d", new FeatureValue.Float64(spent))));
    to.write(
        "popularity",
        List.of(
            row(
                EntityKey.of("domain", "movies", "segment", "*"),
                "item_ids",
                new FeatureValue.Texts(List.of(popular)))));
  }

  private static FeatureRow row(EntityKey key, String feature, FeatureValue value) {
    return new FeatureRow(key, Map.of(feature, value), TIME);
  }
}
