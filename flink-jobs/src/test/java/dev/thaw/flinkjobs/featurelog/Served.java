package dev.thaw.flinkjobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.TestEvents;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the online store of a running job said at each label time. */
final class Served {
  static final List<String> VIEWS =
      List.of("user_activity", "user_domain_activity", "user_history");

  /** Feast's local engine materializes no view with aggregations over windows. */
  static final String MATERIALIZED = "user_history";

  /** A user whose rows say that all before them have arrived. */
  private static final String LAST = "last";

  private final ThawConfig config;
  private final List<Map<Read, Optional<FeatureRow>>> rows = new ArrayList<>();

  Served(ThawConfig config) {
    this.config = config;
  }

  static EntityKey key(String view, String user) {
    return view.equals("user_activity")
        ? EntityKey.of("user_id", user)
        : EntityKey.of("user_id", user, "domain", "movies");
  }

  private static List<Read> reads(List<String> users) {
    return users.stream()
        .flatMap(user -> VIEWS.stream().map(view -> new Read(view, key(view, user))))
        .toList();
  }

  void readAt(Instant time, LoggedRun run) {
    awaitLast(time, run);
    readNow();
  }

  void readNow() {
    try (OnlineStore store = open(config)) {
      rows.add(read(store, Timeline.USERS));
    }
  }

  Map<Read, Optional<FeatureRow>> now() {
    return rows.get(rows.size() - 1);
  }

  /** At the label of this place among all. */
  Optional<FeatureRow> find(int label, String view, EntityKey key) {
    return rows.get(label).get(new Read(view, key));
  }

  FeatureRow row(int label, String view, EntityKey key) {
    return find(label, view, key).orElseThrow();
  }

  private static OnlineStore open(ThawConfig config) {
    return OnlineStores.open(config.store(), config.features().views());
  }

  private static Map<Read, Optional<FeatureRow>> read(OnlineStore store, List<String> users) {
    List<Read> reads = reads(users);
    List<Optional<FeatureRow>> found = store.read(reads);
    Map<Read, Optional<FeatureRow>> rows = new LinkedHashMap<>();
    for (int i = 0; i < reads.size(); i++) {
      rows.put(reads.get(i), found.get(i));
    }
    return rows;
  }

  /** Time goes on to this instant, and everything that follows from it reaches the store. */
  void awaitLast(Instant time, LoggedRun run) {
    run.events.tick(time);
    run.erasures.tick(time);
    Duration offset = Duration.between(TestEvents.START, time);
    run.events.put(TestEvents.click("last-" + time, LAST, "m1", offset));
    try (OnlineStore store = open(config)) {
      await(
          () ->
              read(store, List.of(LAST)).values().stream()
                  .allMatch(row -> row.isPresent() && row.get().eventTime().equals(time)));
    }
  }

  void awaitGone(String user) {
    try (OnlineStore store = open(config)) {
      await(() -> read(store, List.of(user)).values().stream().allMatch(Optional::isEmpty));
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the rows came within a minute").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /**
   * What Feast wrote into the other server up to the last label is, byte for byte, what this
   * store's writer makes of the rows that were served then.
   */
  void assertMaterialized(RedisServer feasts, FeatureDefinitions features) {
    RedisServer ours = RedisServer.single();
    ThawConfig.Store own = new ThawConfig.Store("redis", ours.location(), features.project());
    ThawConfig.Store theirs = new ThawConfig.Store("redis", feasts.location(), features.project());
    Map<Read, Optional<FeatureRow>> last =
        new LinkedHashMap<>(rows.get(Timeline.LABELS.size() - 1));
    last.keySet().removeIf(read -> !read.view().equals(MATERIALIZED));
    try (OnlineStore store = OnlineStores.open(own, features.views());
        OnlineStore materialized = OnlineStores.open(theirs, features.views())) {
      last.forEach((read, row) -> store.write(read.view(), List.of(row.orElseThrow())));
      Map<Read, Optional<FeatureRow>> found = read(materialized, Timeline.USERS);
      found.keySet().removeIf(read -> !read.view().equals(MATERIALIZED));
      assertThat(found).isEqualTo(last);
    }
    for (Read read : last.keySet()) {
      assertThat(hash(feasts, read.key(), features.project()))
          .as("%s", read)
          .isEqualTo(hash(ours, read.key(), features.project()));
    }
  }

  private static Map<String, String> hash(RedisServer server, EntityKey key, String project) {
    byte[] entity = EntityKeyBytes.encode(key);
    byte[] suffix = project.getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[entity.length + suffix.length];
    System.arraycopy(entity, 0, whole, 0, entity.length);
    System.arraycopy(suffix, 0, whole, entity.length, suffix.length);
    Map<String, String> hash = new TreeMap<>();
    RedisClient client = RedisClient.create(server.location());
    try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      HexFormat hex = HexFormat.of();
      connection
          .sync()
          .hgetall(whole)
          .forEach((field, value) -> hash.put(hex.formatHex(field), hex.formatHex(value)));
    } finally {
      client.shutdown();
    }
    assertThat(hash).isNotEmpty();
    return hash;
  }
}
