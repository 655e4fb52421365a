package dev.thaw.flinkjobs.featurelog;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.Erasure;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/** A source that gives out what a test puts in, when it does. */
final class Feed<T> implements SourceFunction<T> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, BlockingQueue<Object>> QUEUES = new ConcurrentHashMap<>();
  private static final Object END = new Object();

  private final String id = UUID.randomUUID().toString();
  private volatile boolean running = true;

  static Feed<Event> ofEvents() {
    return new Feed<>();
  }

  static Feed<Erasure> ofErasures() {
    return new Feed<>();
  }

  private BlockingQueue<Object> queue() {
    return QUEUES.computeIfAbsent(id, any -> new LinkedBlockingQueue<>());
  }

  void put(T record) {
    queue().add(record);
  }

  /** Everything up to this instant has been put. */
  void tick(Instant time) {
    queue().add(new Watermark(time.toEpochMilli()));
  }

  void end() {
    queue().add(END);
  }

  DataStream<T> in(StreamExecutionEnvironment env, TypeInformation<T> type) {
    return env.addSource(this, "feed", type);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void run(SourceContext<T> context) throws InterruptedException {
    while (running) {
      Object next = queue().poll(10, TimeUnit.MILLISECONDS);
      if (next == END) {
        return;
      }
      synchronized (context.getCheckpointLock()) {
        if (next instanceof Watermark mark) {
          context.emitWatermark(mark);
        } else if (next instanceof Event event) {
          context.collectWithTimestamp((T) event, event.timeMillis());
        } else if (next != null) {
          context.collect((T) next);
        }
      }
    }
  }

  @Override
  public void cancel() {
    running = false;
  }
}
