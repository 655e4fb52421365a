package dev.thaw.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Events by number: skewed users, all types, up to a minute out of order. Notes the CPU time of the
 * process when a third has passed, for state to be there, and when the last has.
 */
final class GeneratedEvents implements MapFunction<Long, Event> {
  private static final long serialVersionUID = 1L;
  private static final int ITEMS = 1_000;
  private static final VectorSpace CONTENT =
      new VectorSpace("content", "generated", 384, Metric.COSINE);
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** In the one process that this runs in; Flink works on copies of this function. */
  private static final AtomicLong CPU_AT_WARM = new AtomicLong();

  private static final AtomicLong CPU_AT_END = new AtomicLong();

  private final long events;
  private final long seed;
  private final int users;
  private final double apartMillis;
  private final DomainId domain = DomainDefinitions.shipped().all().get(0).name();

  /**
   * @param users who come, the first of them most often
   * @param eventsAUserHour in the mean; the fewer, the more windows empty for each event
   */
  GeneratedEvents(long events, long seed, int users, double eventsAUserHour) {
    this.events = events;
    this.seed = seed;
    this.users = users;
    this.apartMillis = 3_600_000 / (eventsAUserHour * users);
  }

  private long warm() {
    return events / 3;
  }

  @Override
  public Event map(Long number) {
    if (number == warm()) {
      CPU_AT_WARM.set(cpuNanos());
    } else if (number == events - 1) {
      CPU_AT_END.set(cpuNanos());
    }
    SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
    EventType type = EventType.SHIPPED.get(random.nextInt(EventType.SHIPPED.size()));
    double skew = random.nextDouble();
    Event event =
        Event.of(
            EventId.of("e" + number),
            UserId.of("user-" + (int) (users * skew * skew)),
            item(random.nextInt(ITEMS)),
            domain,
            type,
            Instant.ofEpochMilli(START + (long) (number * apartMillis) - random.nextInt(60_000)));
    return type.equals(EventType.RATING) || type.equals(EventType.PURCHASE)
        ? event.withValue(1 + random.nextInt(5))
        : event;
  }

  private static ItemId item(int number) {
    return ItemId.of("item-" + number);
  }

  /** Events by CPU second, of those after the first third. */
  double perCpuSecond() {
    return (events - warm()) / ((CPU_AT_END.get() - CPU_AT_WARM.get()) / 1e9);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** A content vector for each item. */
  static DataStream<Change<ItemVector>> itemVectors(StreamExecutionEnvironment env) {
    return env.fromSequence(0, ITEMS - 1)
        .map(number -> vector(number.intValue()))
        .returns(Change.type(StreamTypes.ITEM_VECTOR));
  }

  private static Change<ItemVector> vector(int number) {
    SplittableRandom random = new SplittableRandom(number);
    float[] components = new float[CONTENT.dimension()];
    for (int i = 0; i < components.length; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    ItemId item = item(number);
    return new Change<>(item.value(), new ItemVector(item, Embedding.copyOf(CONTENT, components)));
  }
}
