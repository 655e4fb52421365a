package dev.thaw.launcher.bench;

import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.kafka.TopicEnds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * Events through {@code POST /v1/events} in batches, each answered when Kafka has acknowledged it
 * with {@code acks=all} or the journal has synced it. Afterwards the topic has to hold as many
 * records as the answers accepted.
 */
final class EventsBench implements Benchmark {
  static final int BATCH = 1_000;
  static final int CONNECTIONS = 4;
  private static final double TARGET = 30_000;
  static final Duration DRAINED_WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String description() {
    return "events/s through POST /v1/events in batches of 1,000, all found again in the topic";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    try (ServedWorld served = ServedWorld.start(context.withItems(1_000).withUsers(3_000), name());
        Admin admin = Admin.create(served.parts.config().kafka().client(Map.of()));
        Progress.Task task = context.progress().begin("posting events", 0)) {
      String topic = served.parts.config().kafka().topics().events();
      AtomicLong batches = new AtomicLong();
      Instant now = InstantSource.system().instant();
      Load load =
          new Load(
              served.server.uri(),
              CONNECTIONS,
              number -> batch(batches.getAndIncrement(), now),
              EventsBench::isAccepted);
      Load.Outcome warmUp = load.closedLoop(context.measured());
      Load.Outcome measured = load.closedLoop(context.measured());
      long accepted = accepted(warmUp) + accepted(measured);
      long kept = kept(admin, topic, accepted);
      if (kept != accepted) {
        throw new IllegalStateException(
            accepted + " events were accepted, but " + topic + " holds " + kept);
      }
      return List.of(
          Figure.of("events in batches of 1,000", BATCH * measured.perSecond(), "events/s")
              .beside("constant endpoint, same bodies", BATCH * constant(served, context, now))
              .with("accepted share", measured.good())
              .with("accepted events missing in the topic", accepted - kept)
              .with("p99 ms of a batch", measured.millis(99))
              .with("CPU us an event", measured.cpuMicrosEach() / BATCH)
              .atLeast(TARGET)
              .saidOf("Gorse 0.5.11 is said to take 7.7k rows/s"));
    }
  }

  private static double constant(ServedWorld served, BenchContext context, Instant now) {
    Load load =
        new Load(
            served.server.uri(),
            CONNECTIONS,
            number ->
                HttpConnection.post(
                    ServedWorld.CONSTANT, "application/x-ndjson", lines(number, now)),
            answer -> answer.status() == 200);
    return load.closedLoop(context.measured()).perSecond();
  }

  private static byte[] batch(long number, Instant now) {
    return HttpConnection.post("/v1/events", "application/x-ndjson", lines(number, now));
  }

  private static byte[] lines(long batch, Instant now) {
    SplittableRandom random = new SplittableRandom(batch);
    StringBuilder lines = new StringBuilder(200 * BATCH);
    for (int i = 0; i < BATCH; i++) {
      lines
          .append("{\"event_id\":\"b")
          .append(batch)
          .append('-')
          .append(i)
          .append("\",\"user_id\":\"cold-")
          .append(random.nextInt(1_000))
          .append("\",\"item_id\":\"i")
          .append(random.nextInt(1_000))
          .append("\",\"domain\":\"")
          .append(PlantedWorld.DOMAIN)
          .append("\",\"type\":\"click\",\"time\":\"")
          .append(now)
          .append("\"}\n");
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  static boolean isAccepted(HttpConnection.Response answer) {
    return answer.status() == 200 && answer.body().contains("\"accepted\":" + BATCH);
  }

  static long accepted(Load.Outcome outcome) {
    return BATCH * (outcome.answers() - outcome.unexpected());
  }

  /** Records of the topic, once there are as many as expected or the time is over. */
  private static long kept(Admin admin, String topic, long expected) {
    long until = System.nanoTime() + DRAINED_WITHIN.toNanos();
    long kept = count(admin, topic);
    while (kept < expected && System.nanoTime() < until) {
      LockSupport.parkNanos(50_000_000);
      kept = count(admin, topic);
    }
    return kept;
  }

  private static long count(Admin admin, String topic) {
    return TopicEnds.of(admin, List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
  }
}
