package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.coalescing.Coalescing;
import dev.thaw.flinkjobs.featurelog.FeatureLog;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.streams.Arrival;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The sources and sinks of one job, as configured. Streams of events and impressions carry event
 * time and watermarks; those of compacted topics carry none and hold none back. What can't be read
 * goes to the topic {@code dead-letters} and never reaches the job. Each source may be asked for
 * once.
 */
public final class JobEnds {
  private final ThawConfig config;
  private final StreamExecutionEnvironment env;
  private final String job;
  private final StoreOpener store;
  private final DomainDefinitions domains;
  private final Topics topics;
  private final KafkaSinks sinks;
  private final WireLimits limits = WireLimits.DEFAULT;
  private final boolean bounded;

  /**
   * @param job name of the job, part of consumer group and client ids
   * @param store opens the configured online store
   */
  public JobEnds(ThawConfig config, StreamExecutionEnvironment env, String job, StoreOpener store) {
    this(config, env, job, store, false);
  }

  private JobEnds(
      ThawConfig config,
      StreamExecutionEnvironment env,
      String job,
      StoreOpener store,
      boolean bounded) {
    this.bounded = bounded;
    this.config = config;
    this.env = env;
    this.job = job;
    this.store = store;
    this.domains = config.domains();
    this.topics = config.kafka().topics();
    this.sinks = new KafkaSinks(config, job);
  }

  /** The same ends, whose topics end where they end now: for bounded jobs. */
  public JobEnds upToNow() {
    return new JobEnds(config, env, job, store, true);
  }

  public DataStream<Event> events() {
    return userEvents().events();
  }

  /**
   * The topic of events.
   *
   * @param erasures of users and items; what is not newer is to be forgotten
   */
  public record UserEvents(DataStream<Event> events, DataStream<Erasure> erasures) {}

  /** In place of {@link #events} where something is remembered of users or items. */
  public UserEvents userEvents() {
    SingleOutputStreamOperator<Event> events =
        timed(topics.events(), WireFormats.events(domains, limits), Event::time, StreamTypes.EVENT);
    return new UserEvents(events, events.getSideOutput(Arrivals.ERASED));
  }

  public DataStream<Impression> impressions() {
    return timed(
        topics.impressions(),
        WireFormats.impressions(domains, limits),
        Impression::time,
        StreamTypes.IMPRESSION);
  }

  public DataStream<Change<CatalogueItem>> items() {
    return keyed(
        topics.items(),
        WireFormats.items(domains, limits),
        StreamTypes.ITEM,
        item -> item.itemId().value());
  }

  public DataStream<Change<UserProfile>> profiles() {
    return keyed(
        topics.users(),
        WireFormats.profiles(domains, limits),
        StreamTypes.PROFILE,
        profile -> profile.userId().value());
  }

  public DataStream<Change<ItemVector>> itemVectors() {
    return keyed(
        topics.itemVectors(),
        WireFormats.itemVectors(),
        StreamTypes.ITEM_VECTOR,
        vector -> vector.itemId().value());
  }

  public DataStream<Change<ItemFlag>> itemFlags() {
    return keyed(
        topics.itemFlags(),
        WireFormats.itemFlags(),
        StreamTypes.ITEM_FLAG,
        flag -> flag.itemId().value());
  }

  public DataStream<Change<UserSegment>> userSegments() {
    return keyed(
        topics.userSegments(),
        WireFormats.userSegments(),
        StreamTypes.USER_SEGMENT,
        UserSegment::key);
  }

  public DataStream<Change<ArtefactAnnouncement>> announcements() {
    return keyed(
        topics.artefacts(),
        WireFormats.artefactAnnouncements(),
        StreamTypes.ARTEFACT_ANNOUNCEMENT,
        ArtefactAnnouncement::setVersion);
  }

  /** The rows' view says where they go; to the feature log as well if there is one. */
  public Sink<ViewRow> toStore() {
    Duration share = Coalescing.within(config.jobs().flushInterval()).store();
    Sink<ViewRow> online = new OnlineStoreSink(store, share, Backoff.DEFAULT);
    Path log = config.jobs().featureLog();
    return log == null
        ? online
        : new LoggedStore(online, FeatureLog.in(log, config.features(), Clock.systemUTC()));
  }

  /** Whether there are topics; a bounded job may do with files. */
  public boolean hasBroker() {
    return !config.kafka().isEmbedded();
  }

  /** A stream that ends at once. */
  public <T> DataStream<T> nothing(TypeInformation<T> type) {
    return env.fromData(List.of(0)).<T>flatMap((zero, out) -> {}).returns(type).name("nothing");
  }

  /** For what the job itself can't use: the topic, or a folder below home without a broker. */
  public Sink<DeadLetter> toDeadLetters() {
    return toDeadLetters(KafkaSinks.JOB);
  }

  private Sink<DeadLetter> toDeadLetters(String of) {
    return hasBroker()
        ? sinks.to(of, topics.deadLetters(), new JobLetters(job), letter -> null)
        : DeadLetterFiles.in(
            config.home().resolve("dead-letters").resolve(job), new JobLetters(job));
  }

  public Sink<Change<ItemVector>> toItemVectors() {
    return sinks.changesTo(topics.itemVectors(), WireFormats.itemVectors());
  }

  public Sink<ItemFlag> toItemFlags() {
    return sinks.to(topics.itemFlags(), WireFormats.itemFlags(), flag -> flag.itemId().value());
  }

  public Sink<UserSegment> toUserSegments() {
    return sinks.to(topics.userSegments(), WireFormats.userSegments(), UserSegment::key);
  }

  public Sink<ArtefactAnnouncement> toAnnouncements() {
    return sinks.to(
        topics.artefacts(), WireFormats.artefactAnnouncements(), ArtefactAnnouncement::setVersion);
  }

  /** The events of a file, or of the files of a folder; bounded. */
  public DataStream<Event> eventsIn(Path path, Instant now) {
    return lines(
        "event-files",
        path,
        new JsonLinesFiles<>(WireFormats.events(domains, limits), Event::time, now),
        StreamTypes.EVENT);
  }

  /** The catalogue records of a file, or of the files of a folder; bounded. */
  public DataStream<CatalogueItem> itemsIn(Path path, Instant now) {
    return lines(
        "item-files",
        path,
        new JsonLinesFiles<>(WireFormats.items(domains, limits), CatalogueItem::time, now),
        StreamTypes.ITEM);
  }

  /** The profiles of a file, or of the files of a folder; bounded. */
  public DataStream<UserProfile> profilesIn(Path path, Instant now) {
    return lines(
        "profile-files",
        path,
        new JsonLinesFiles<>(WireFormats.profiles(domains, limits), UserProfile::time, now),
        StreamTypes.PROFILE);
  }

  private <T> DataStream<T> lines(
      String name, Path path, JsonLinesFiles<T> reader, TypeInformation<T> type) {
    DataStream<Arrival<T>> arrivals =
        env.fromData(path.toUri().toString())
            .flatMap(reader)
            .returns(Arrival.type(type))
            .name(name)
            .uid(name)
            .setParallelism(1);
    return Arrivals.split(name, arrivals, type, toDeadLetters(name));
  }

  private <T> SingleOutputStreamOperator<T> timed(
      String topic, WireFormat<T> format, EventTime<T> time, TypeInformation<T> type) {
    var reader = new TimedRecords<>(format, time, limits, type);
    return source(topic, reader, new ArrivalWatermarks<>(config.jobs().outOfOrder()), type);
  }

  private <T> DataStream<Change<T>> keyed(
      String topic, WireFormat<T> format, TypeInformation<T> type, KeyedRecords.RecordKey<T> key) {
    return source(
        topic, new KeyedRecords<>(format, type, key), new NoWatermarks<>(), Change.type(type));
  }

  private Properties access() {
    Properties access = new Properties();
    access.putAll(config.kafka().properties());
    return access;
  }

  private <T> SingleOutputStreamOperator<T> source(
      String topic,
      KafkaRecordDeserializationSchema<Arrival<T>> reader,
      WatermarkStrategy<Arrival<T>> watermarks,
      TypeInformation<T> type) {
    KafkaSourceBuilder<Arrival<T>> builder =
        KafkaSource.<Arrival<T>>builder()
            .setBootstrapServers(config.kafka().bootstrapServers())
            .setProperties(access())
            .setTopics(topic)
            .setGroupId(topic + "-" + job)
            .setClientIdPrefix(job + "-" + topic)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(reader)
            .setProperty("fetch.max.wait.ms", "100")
            .setProperty("isolation.level", "read_committed");
    KafkaSource<Arrival<T>> source =
        (bounded ? builder.setBounded(OffsetsInitializer.latest()) : builder).build();
    // a reader without a partition would hold back the watermark of the job for ever
    int readers = Math.min(config.jobs().parallelism(), config.kafka().partitions());
    DataStream<Arrival<T>> arrivals =
        env.fromSource(source, watermarks, topic).uid(topic).setParallelism(readers);
    return Arrivals.split(topic, arrivals, type, toDeadLetters(topic));
  }
}
