package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.kafka.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a data folder into the topics: items, users, then events with ticks of their own clock, so
 * that the jobs see time pass as it passed. Bad lines go to the dead letters.
 */
final class TopicLoader {
  private static final int EVENTS_A_TICK = 10_000;

  private final Producer<byte[], byte[]> producer;
  private final Topics topics;
  private final Ticker ticker;
  private final Progress progress;
  private final Duration shift;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param shift what is added to the time of every event
   */
  TopicLoader(
      Producer<byte[], byte[]> producer,
      Topics topics,
      Ticker ticker,
      Progress progress,
      Duration shift) {
    this.shift = shift;
    this.producer = producer;
    this.topics = topics;
    this.ticker = ticker;
    this.progress = progress;
  }

  /** Sees what was loaded, in the order of the files. */
  interface Witness {
    void item(CatalogueItem item);

    void event(Event event);
  }

  /**
   * What was loaded.
   *
   * @param end time of the last event, shifted
   */
  record Loaded(long items, long users, long events, long rejected, Instant end) {}

  /**
   * Loads everything; all of it is acknowledged when this returns.
   *
   * @param now times after this are rejected
   * @param catalogueLoaded called when items and users are acknowledged, before the first event
   * @throws KafkaException if the broker refuses a record
   */
  Loaded load(
      DataFolder folder,
      DomainDefinitions domains,
      Instant now,
      Witness witness,
      Runnable catalogueLoaded)
      throws IOException {
    Consumer<DeadLetter> rejected = this::deadLetter;
    WireFormat<CatalogueItem> items = WireFormats.items(domains, WireLimits.DEFAULT);
    WireFormat<UserProfile> users = WireFormats.profiles(domains, WireLimits.DEFAULT);
    Set<ItemId> catalogue = new HashSet<>();
    WireFormat<Event> events =
        new CatalogueEvents(WireFormats.events(domains, WireLimits.DEFAULT), catalogue);
    JsonLines.Counts itemCounts =
        read(
            folder.items(),
            items,
            now,
            topics.items(),
            item -> item.itemId().value(),
            UnaryOperator.identity(),
            item -> {
              catalogue.add(item.itemId());
              witness.item(item);
            },
            rejected);
    JsonLines.Counts userCounts =
        Files.exists(folder.users())
            ? read(
                folder.users(),
                users,
                now,
                topics.users(),
                user -> user.userId().value(),
                UnaryOperator.identity(),
                user -> {},
                rejected)
            : new JsonLines.Counts(0, 0);
    catalogueLoaded.run();
    EventClock clock = new EventClock(witness);
    JsonLines.Counts eventCounts =
        read(
            folder.events(),
            events,
            now,
            topics.events(),
            event -> event.userId().value(),
            event -> event.at(event.time().plus(shift)),
            clock,
            rejected);
    if (eventCounts.accepted() == 0) {
      throw new IllegalStateException(folder.events() + " holds no usable event");
    }
    var unused = ticker.tick(clock.latest);
    flush();
    return new Loaded(
        itemCounts.accepted(),
        userCounts.accepted(),
        eventCounts.accepted(),
        itemCounts.rejected() + userCounts.rejected() + eventCounts.rejected(),
        clock.latest);
  }

  private <T> JsonLines.Counts read(
      Path file,
      WireFormat<T> format,
      Instant now,
      String topic,
      Function<T, String> key,
      UnaryOperator<T> moved,
      Consumer<T> seen,
      Consumer<DeadLetter> rejected)
      throws IOException {
    try (Progress.Task task = progress.begin("loading " + file.getFileName(), Files.size(file))) {
      long[] bytes = new long[1];
      JsonLines.Counts counts =
          JsonLines.read(
              file,
              format,
              now,
              read -> {
                T value = moved.apply(read);
                byte[] record = format.write(value);
                send(topic, key.apply(value), record);
                seen.accept(value);
                bytes[0] += record.length + 1;
                task.at(bytes[0]);
              },
              rejected);
      flush();
      return counts;
    }
  }

  private void send(String topic, String key, byte[] record) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), record),
            (metadata, refused) -> {
              if (refused != null) {
                failure.compareAndSet(null, refused);
              }
            });
  }

  private void deadLetter(DeadLetter letter) {
    byte[] record = WireFormats.deadLetters().write(letter);
    var unused = producer.send(new ProducerRecord<>(topics.deadLetters(), null, record));
  }

  private void flush() {
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new KafkaException("Kafka refused a record", refused);
    }
  }

  /** Ticks as the events go by. */
  private final class EventClock implements Consumer<Event> {
    private final Witness witness;
    private Instant latest = Instant.EPOCH;
    private long count;

    EventClock(Witness witness) {
      this.witness = witness;
    }

    @Override
    public void accept(Event event) {
      latest = event.time().isAfter(latest) ? event.time() : latest;
      witness.event(event);
      if (++count % EVENTS_A_TICK == 0) {
        var unused = ticker.tick(latest);
      }
    }
  }
}
