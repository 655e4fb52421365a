package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.embedded.DataClock;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * From a posted event to what it changes, in a whole installation with all its jobs: the route of
 * the next answer, which the server knows by itself, and the user's history and factors in the
 * store, which come through Kafka and the jobs. The item was in the answer before, so that leaving
 * it out is a change. Users are asked about one after the other.
 */
final class FreshnessBench implements Benchmark {
  private static final int PROBES = 100;
  private static final double TARGET_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 2_000_000;

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public String description() {
    return "ms from a posted event to the changed route and to the features that the jobs write";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    Path home = context.folder(name());
    InstantSource wall = InstantSource.system();
    DataFolder folder = world(home.resolve("world"), wall, context.seed());
    ThawConfig embedded = ThawConfig.embedded(home);
    ThawConfig config =
        embedded
            .withServing(embedded.serving().withAddress("127.0.0.1", 0))
            .withDomainsFile(folder.domains());
    List<CatalogueItem> items = new ArrayList<>();
    try (Installation thaw = new Installation(config, context.progress())) {
      DataClock clock =
          DataClock.following(thaw.load(folder, wall.instant(), collecting(items)).end(), wall);
      thaw.keepTime(clock);
      thaw.train(clock);
      URI server = thaw.serve(clock);
      try (OnlineStore store = OnlineStores.open(config.store(), config.features().views());
          HttpConnection http = new HttpConnection(server);
          Progress.Task task = context.progress().begin("posting events one by one", PROBES)) {
        Probes probes = new Probes(http, store, clock);
        for (int i = 0; i < PROBES; i++) {
          probes.post("probe-" + i, items.get(i % items.size()).domain());
          task.at(i);
        }
        return probes.figures();
      }
    }
  }

  private static DataFolder world(Path to, InstantSource wall, long seed) throws IOException {
    Instant end = wall.instant().truncatedTo(ChronoUnit.SECONDS);
    WorldConfig small = new WorldConfig(seed, end, Duration.ofDays(90), 250, 5, 5, 200, 100, 10);
    try (DataFolderWriter writer = DataFolderWriter.open(to, true)) {
      World.generate(small).write(writer, small);
    }
    return DataFolder.open(to);
  }

  private static Installation.Witness collecting(List<CatalogueItem> items) {
    return new Installation.Witness() {
      @Override
      public void item(CatalogueItem item) {
        items.add(item);
      }

      @Override
      public void event(Event event) {}
    };
  }

  /** One new user after the other likes an item of the answer just given. */
  private static final class Probes {
    private final HttpConnection http;
    private final OnlineStore store;
    private final InstantSource clock;
    private final Histogram acknowledged = new Histogram(3);
    private final Histogram route = new Histogram(3);
    private final Histogram features = new Histogram(3);
    private int excluded;

    Probes(HttpConnection http, OnlineStore store, InstantSource clock) {
      this.http = http;
      this.store = store;
      this.clock = clock;
    }

    void post(String user, DomainId domain) throws IOException {
      String ask = "{\"user_id\":\"%s\",\"domain\":\"%s\",\"k\":10}".formatted(user, domain);
      String item = lastOf(answer(ask));
      String event =
          "{\"event_id\":\"e-%s\",\"user_id\":\"%s\",\"item_id\":\"%s\",\"domain\":\"%s\",\"type\":\"like\",\"time\":\"%s\"}"
              .formatted(user, user, item, domain, clock.instant());
      long begun = System.nanoTime();
      HttpConnection.Response posted = http.send(HttpConnection.postJson("/v1/events", event));
      if (posted.status() != 200 || !posted.body().contains("\"accepted\":1")) {
        throw new IllegalStateException("an event was not taken: " + posted.body());
      }
      acknowledged.recordValue(micros(begun));
      String first = answer(ask);
      excluded += first.contains("\"id\":\"" + item + "\"") ? 0 : 1;
      if (!first.contains("\"stage\":\"1-2\"")) {
        until(() -> answer(ask).contains("\"stage\":\"1-2\""), "the route of " + user);
      }
      route.recordValue(micros(begun));
      EntityKey key = EntityKey.of("user_id", user, "domain", domain.value());
      List<OnlineStore.Read> rows =
          List.of(
              new OnlineStore.Read("user_history", key), new OnlineStore.Read("user_factors", key));
      until(
          () -> store.read(rows).stream().allMatch(Optional::isPresent),
          "the history or the factors of " + user);
      features.recordValue(micros(begun));
    }

    /** Far from the bandit's slots: it would be there again. */
    private static String lastOf(String answer) {
      String before = "\"id\":\"";
      int at = answer.lastIndexOf(before);
      if (at < 0) {
        throw new IllegalStateException("an answer without items: " + answer);
      }
      int start = at + before.length();
      return answer.substring(start, answer.indexOf('"', start));
    }

    private String answer(String ask) {
      try {
        return http.send(HttpConnection.postJson("/v1/recommendations", ask)).body();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private static void until(BooleanSupplier changed, String what) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!changed.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              what + " has not changed within " + PATIENCE.toSeconds() + " s");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private static long micros(long since) {
      return (System.nanoTime() - since) / 1_000;
    }

    List<Figure> figures() {
      return List.of(
          figure("event to changed route (server's recent set), p99", route)
              .with("share with the item excluded at once", excluded / (double) PROBES)
              .atMost(TARGET_MILLIS),
          figure("event to changed features (through the jobs), p99", features)
              .atMost(TARGET_MILLIS));
    }

    private Figure figure(String name, Histogram micros) {
      return Figure.of(name, micros.getValueAtPercentile(99) / 1e3, "ms")
          .beside("acknowledgement alone, p99", acknowledged.getValueAtPercentile(99) / 1e3)
          .with("p50 ms", micros.getValueAtPercentile(50) / 1e3);
    }
  }
}
