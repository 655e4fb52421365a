package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.serving.featureserver.schema.JoinKey;
import dev.thaw.serving.featureserver.schema.Projection;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import dev.thaw.serving.featureserver.schema.ServedView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Views of a small project, and rows of them in SQLite. */
final class ServedSamples {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final ServedView USERS =
      new ServedView(
          "users",
          List.of(new JoinKey("user_id", JoinKey.Type.STRING)),
          List.of("age", "name", "city"),
          Map.of("map", "it is of Feast's type 32, which is not read here"),
          Duration.ofDays(1));
  private static final ServedView TASTES =
      new ServedView(
          "tastes",
          List.of(
              new JoinKey("domain", JoinKey.Type.STRING),
              new JoinKey("user_id", JoinKey.Type.STRING)),
          List.of("name", "vector"),
          Map.of(),
          Duration.ZERO);
  private static final ServedView DRIVERS =
      new ServedView(
          "drivers",
          List.of(
              new JoinKey("driver_id", JoinKey.Type.INT64),
              new JoinKey("shift", JoinKey.Type.INT32),
              new JoinKey("since", JoinKey.Type.UNIX_TIMESTAMP)),
          List.of("trips"),
          Map.of(),
          Duration.ZERO);
  private static final ServedView WORLD =
      new ServedView("world", List.of(), List.of("rate"), Map.of(), Duration.ZERO);

  static final ServedFeatures KNOWN =
      new ServedFeatures(
          Map.of(
              "user",
              "user_id",
              "domain",
              "domain",
              "driver",
              "driver_id",
              "shift",
              "shift",
              "since",
              "since"),
          Map.of("users", USERS, "tastes", TASTES, "drivers", DRIVERS, "world", WORLD),
          Set.of("on_demand"),
          Map.of(
              "model",
              new ServedFeatures.Service(
                  "model",
                  List.of(
                      new Projection(USERS, "users", Map.of(), List.of("age")),
                      new Projection(
                          USERS, "friends", Map.of("user_id", "friend_id"), List.of("city"))),
                  Optional.empty()),
              "python",
              new ServedFeatures.Service(
                  "python", List.of(), Optional.of("its view on_demand is"))));

  private ServedSamples() {}

  static OnlineStore store(Path folder) {
    OnlineStore store =
        OnlineStores.open(
            new ThawConfig.Store("sqlite", folder.resolve("online.db").toString(), "shop"),
            KNOWN.schema());
    store.write(
        "users",
        List.of(
            row(user("ann"), NOW.minusMillis(1_500), "age", number(31), "name", text("Ann")),
            new FeatureRow(
                user("bob"),
                Map.of("age", number(42), "name", FeatureValue.MISSING),
                NOW.minus(Duration.ofHours(25)))));
    store.write(
        "tastes",
        List.of(
            row(
                EntityKey.of("user_id", "ann", "domain", "books"),
                NOW,
                "name",
                text("bookish"),
                "vector",
                FeatureValue.Float32s.copyOf(0.5f, 0.1f))));
    store.write("drivers", List.of(row(driver(), NOW, "trips", number(7), "trips", number(7))));
    store.write(
        "world",
        List.of(
            row(
                EntityKey.of("__dummy_id", ""),
                NOW,
                "rate",
                new FeatureValue.Float64(0.25),
                "rate",
                new FeatureValue.Float64(0.25))));
    return store;
  }

  static EntityKey user(String id) {
    return EntityKey.of("user_id", id);
  }

  private static EntityKey driver() {
    TreeMap<String, FeatureValue> keys = new TreeMap<>();
    keys.put("driver_id", number(1001));
    keys.put("shift", new FeatureValue.Int32(2));
    keys.put("since", new FeatureValue.Timestamp(Instant.ofEpochSecond(1_700_000_000)));
    return new EntityKey(keys);
  }

  static FeatureValue number(long value) {
    return new FeatureValue.Int64(value);
  }

  static FeatureValue text(String value) {
    return new FeatureValue.Text(value);
  }

  private static FeatureRow row(
      EntityKey key, Instant time, String a, FeatureValue x, String b, FeatureValue y) {
    Map<String, FeatureValue> features = new TreeMap<>();
    features.put(a, x);
    features.put(b, y);
    return new FeatureRow(key, features, time);
  }
}
