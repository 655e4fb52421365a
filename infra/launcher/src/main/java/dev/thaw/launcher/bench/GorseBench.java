package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.embedded.DataClock;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.kafka.TopicEnds;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A whole installation, its jobs included, on a data folder: what Gorse is said to reach on
 * MovieLens 100K, and ten times that as target. The figures of Gorse are given, not measured here.
 */
final class GorseBench implements Benchmark {
  private static final double TIMES = 10;
  private static final double TRAINING_SECONDS = 254;
  private static final double EVENTS_PER_SECOND = 7_700;
  private static final double REQUESTS_PER_SECOND = 431;
  private static final double P99_MILLIS = 265;

  private static final int CONNECTIONS = 32;
  private static final int K = 10;

  /** Interactions of the warmest stage. */
  private static final int WARM = 20;

  /** Share of answers as asked for, below which their speed says nothing. */
  private static final double RIGHT = 0.99;

  private static final Duration TURN = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "gorse";
  }

  @Override
  public String description() {
    return "training, events/s and recommendations/s of a whole installation on the folder of"
        + " --data, beside ten times what Gorse 0.5.11 is said to reach on MovieLens 100K";
  }

  @Override
  public Optional<String> leftOut(BenchContext context) {
    return context.data() == null
        ? Optional.of("it needs --data, a data folder such as thaw import movielens-100k writes")
        : Optional.empty();
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    DataFolder folder = DataFolder.open(Objects.requireNonNull(context.data()));
    ThawConfig embedded = ThawConfig.embedded(context.folder(name()));
    ThawConfig config =
        embedded
            .withDomainsFile(folder.domains())
            .withServing(embedded.serving().withAddress("127.0.0.1", 0));
    Audience audience = new Audience();
    try (Installation thaw = new Installation(config, context.progress())) {
      InstantSource wall = InstantSource.system();
      Installation.Loaded loaded = thaw.load(folder, wall.instant(), audience);
      DataClock clock = DataClock.following(loaded.end(), wall);
      thaw.keepTime(clock);
      long begun = System.nanoTime();
      thaw.train(clock);
      double seconds = (System.nanoTime() - begun) / 1e9;
      URI server = thaw.serve(clock);
      List<Figure> figures = new ArrayList<>();
      figures.add(
          Figure.of("training of all artefacts", seconds, "s")
              .atMost(TRAINING_SECONDS / TIMES)
              .saidOf(gorse(TRAINING_SECONDS, "s")));
      figures.addAll(recommendations(server, audience.warm(), context));
      figures.add(events(server, thaw.config(), audience, clock, context));
      return figures;
    }
  }

  private static List<Figure> recommendations(URI server, List<Member> warm, BenchContext context)
      throws Exception {
    if (warm.isEmpty()) {
      throw new IllegalStateException(
          "the data folder must hold a user with at least " + WARM + " events of a domain");
    }
    Load asking =
        new Load(
            server,
            CONNECTIONS,
            number -> ask(warm, context.seed() + number),
            answer -> RecommendationBench.isBy("item-to-item", answer));
    try (Progress.Task task = context.progress().begin("asking for warm users", 0)) {
      WarmUp.Taken taken = WarmUp.of(asking, TURN);
      Load.Outcome measured = asking.closedLoop(context.measured());
      if (!(measured.good() >= RIGHT)) {
        throw new IllegalStateException(
            "at least %s of the answers must be by item-to-item and undegraded, were %s"
                .formatted(RIGHT, measured.good()));
      }
      return List.of(
          Figure.of("recommendations for warm users", measured.perSecond(), "requests/s")
              .with("by item-to-item undegraded", measured.good())
              .with("users", warm.size())
              .with("CPU us a request", measured.cpuMicrosEach())
              .after(taken)
              .atLeast(REQUESTS_PER_SECOND * TIMES)
              .saidOf(gorse(REQUESTS_PER_SECOND, "requests/s")),
          Figure.of("their p99 over 32 connections", measured.millis(99), "ms")
              .with("p50 ms", measured.millis(50))
              .atMost(P99_MILLIS / TIMES)
              .saidOf(gorse(P99_MILLIS, "ms")));
    }
  }

  private static Figure events(
      URI server, ThawConfig config, Audience audience, InstantSource clock, BenchContext context)
      throws Exception {
    WireFormat<Event> format = WireFormats.events(config.domains(), WireLimits.DEFAULT);
    AtomicLong batches = new AtomicLong();
    Load posting =
        new Load(
            server,
            EventsBench.CONNECTIONS,
            number -> post(audience.events, batches.getAndIncrement(), format, clock),
            EventsBench::isAccepted);
    Map<String, Object> broker = config.kafka().client(Map.of());
    try (Admin admin = Admin.create(broker);
        Progress.Task task = context.progress().begin("posting events", 0)) {
      Map<TopicPartition, Long> before =
          TopicEnds.of(admin, List.of(config.kafka().topics().events()));
      Load.Outcome warmUp = posting.closedLoop(context.measured());
      Load.Outcome measured = posting.closedLoop(context.measured());
      long accepted = EventsBench.accepted(warmUp) + EventsBench.accepted(measured);
      long kept = kept(config.kafka().bootstrapServers(), before, accepted);
      if (kept != accepted) {
        throw new IllegalStateException(
            accepted + " events were accepted, but the topic got " + kept);
      }
      return Figure.of(
              "events in batches of 1,000", EventsBench.BATCH * measured.perSecond(), "events/s")
          .with("accepted share", measured.good())
          .with("accepted events missing in the topic", accepted - kept)
          .with("p99 ms of a batch", measured.millis(99))
          .with("CPU us an event", measured.cpuMicrosEach() / EventsBench.BATCH)
          .atLeast(EVENTS_PER_SECOND * TIMES)
          .saidOf(gorse(EVENTS_PER_SECOND, "rows/s"));
    }
  }

  /**
   * Events of the topic from these offsets on, once there are as many as expected or the time is
   * over. The ticks among them have no key.
   */
  private static long kept(String brokers, Map<TopicPartition, Long> from, long expected) {
    long until = System.nanoTime() + EventsBench.DRAINED_WITHIN.toNanos();
    long kept = 0;
    try (var reader =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", brokers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      reader.assign(from.keySet());
      from.forEach(reader::seek);
      while (kept < expected && System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> each : reader.poll(Duration.ofMillis(100))) {
          kept += each.key() == null ? 0 : 1;
        }
      }
    }
    return kept;
  }

  private static String gorse(double figure, String unit) {
    return "Gorse 0.5.11 is said to reach %,.0f %s; the target is ten times better"
        .formatted(figure, unit);
  }

  private static byte[] ask(List<Member> warm, long seed) {
    Member member = warm.get(new SplittableRandom(seed).nextInt(warm.size()));
    return HttpConnection.postJson(
        "/v1/recommendations",
        "{\"user_id\":\"%s\",\"domain\":\"%s\",\"k\":%d}"
            .formatted(member.user(), member.domain(), K));
  }

  /** Events of the data once more, under new ids and at the present time. */
  private static byte[] post(
      List<Event> events, long batch, WireFormat<Event> format, InstantSource clock) {
    SplittableRandom random = new SplittableRandom(batch);
    Instant now = clock.instant();
    ByteArrayOutputStream lines = new ByteArrayOutputStream(200 * EventsBench.BATCH);
    for (int i = 0; i < EventsBench.BATCH; i++) {
      Event event = events.get(random.nextInt(events.size()));
      Event again =
          Event.of(
              EventId.of("again-" + batch + "-" + i),
              event.userId(),
              event.itemId(),
              event.domain(),
              event.type(),
              now);
      Double value = event.value();
      lines.writeBytes(format.write(value == null ? again : again.withValue(value)));
      lines.write('\n');
    }
    return HttpConnection.post("/v1/events", "application/x-ndjson", lines.toByteArray());
  }

  private record Member(UserId user, DomainId domain) {}

  /** Who and what is in the data. */
  private static final class Audience implements Installation.Witness {
    private static final int MOST_EVENTS = 100_000;

    private final List<Event> events = new ArrayList<>();
    private final Map<Member, Integer> counts = new HashMap<>();

    @Override
    public void item(CatalogueItem item) {}

    @Override
    public void event(Event event) {
      if (events.size() < MOST_EVENTS) {
        events.add(event);
      }
      if (event.type().isInteraction()) {
        counts.merge(new Member(event.userId(), event.domain()), 1, Integer::sum);
      }
    }

    List<Member> warm() {
      return counts.entrySet().stream()
          .filter(entry -> entry.getValue() >= WARM)
          .map(Map.Entry::getKey)
          .sorted(Comparator.comparing(Member::user).thenComparing(Member::domain))
          .toList();
    }
  }
}
