package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Streams in which nothing comes twice; late records are in {@link Folds#REJECTED}. */
public final class Events {
  /** Nothing waits for it: records pass at once, only their ids are stored later. */
  private static final Duration STORED = Duration.ofSeconds(1);

  private Events() {}

  /** Keyed by user: two events of one id by different users are two events. */
  public static SingleOutputStreamOperator<Event> once(
      String job, DataStream<Event> events, DomainDefinitions domains, Duration lateness) {
    return Folds.apply(
        "events-once",
        events.keyBy(event -> event.userId().value(), Types.STRING),
        new DeduplicationFold<>(
            job,
            RecordKind.EVENT,
            lateness,
            new EventIdentity(),
            WireFormats.events(domains, WireLimits.DEFAULT)),
        StateTypes.SEEN_EVENTS,
        StreamTypes.EVENT,
        STORED);
  }

  /** Keyed by user: every request is of one. */
  public static SingleOutputStreamOperator<Impression> impressionsOnce(
      String job,
      DataStream<Impression> impressions,
      DomainDefinitions domains,
      Duration lateness) {
    return Folds.apply(
        "impressions-once",
        impressions.keyBy(impression -> impression.userId().value(), Types.STRING),
        new DeduplicationFold<>(
            job,
            RecordKind.IMPRESSION,
            lateness,
            new RequestIdentity(),
            WireFormats.impressions(domains, WireLimits.DEFAULT)),
        StateTypes.SEEN_EVENTS,
        StreamTypes.IMPRESSION,
        STORED);
  }

  private record EventIdentity() implements DeduplicationFold.Identity<Event> {
    @Override
    public EventId id(Event event) {
      return event.eventId();
    }

    @Override
    public Instant time(Event event) {
      return event.time();
    }
  }

  private record RequestIdentity() implements DeduplicationFold.Identity<Impression> {
    @Override
    public EventId id(Impression impression) {
      return EventId.of(impression.requestId().value());
    }

    @Override
    public Instant time(Impression impression) {
      return impression.time();
    }
  }
}
