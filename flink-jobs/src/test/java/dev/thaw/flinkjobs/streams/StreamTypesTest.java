package dev.thaw.flinkjobs.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.UserSegment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class StreamTypesTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:11:12.345Z");
  private static final ItemId ITEM = ItemId.of("movies:1");
  private static final DomainId DOMAIN = DomainId.of("movies");
  private static final UserId USER = new UserId("ü-1");

  private static final Event EVENT =
      Event.of(EventId.of("e1"), USER, ITEM, DOMAIN, EventType.RATING, TIME);
  private static final DeadLetter LETTER =
      DeadLetter.of(
          "events/0", 7, new Rejection("value", "x", "must be a number"), new byte[] {123}, TIME);
  private static final Embedding VECTOR =
      Embedding.copyOf(
          new VectorSpace("content", "minilm-1", 3, Metric.COSINE), new float[] {1, -2.5f, 0});

  @Test
  void recordsNeedNoKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Event.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Impression.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(CatalogueItem.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(UserProfile.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetter.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(ItemFlag.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(UserSegment.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(ArtefactAnnouncement.class);
  }

  @Test
  void everyEventComesBack() throws IOException {
    assertComesBack(StreamTypes.EVENT, EVENT);
    assertComesBack(StreamTypes.EVENT, EVENT.withValue(4.5));
    assertComesBack(
        StreamTypes.EVENT, EVENT.withValue(-1).inResponseTo(RequestId.of("r"), 3, null));
    assertComesBack(
        StreamTypes.EVENT,
        new Event(
            EventId.of("e2"),
            USER,
            ITEM,
            DOMAIN,
            new EventType("listen"),
            null,
            Instant.ofEpochSecond(5, 123_456_789),
            Map.of("device", "phone", "campaign", ""),
            RequestId.of("r2"),
            0,
            0.25));
  }

  @Test
  void vectorsComeBack() throws IOException {
    assertComesBack(StreamTypes.ITEM_VECTOR, new ItemVector(ITEM, VECTOR));
    assertComesBack(StreamTypes.ENRICHED_EVENT, new EnrichedEvent(EVENT, VECTOR));
    assertComesBack(StreamTypes.ENRICHED_EVENT, new EnrichedEvent(EVENT, null));
    assertComesBack(StreamTypes.ENRICHED_EVENT, EnrichedEvent.correction(EVENT, VECTOR));
  }

  @Test
  void everyFeatureValueComesBack() throws IOException {
    Map<String, FeatureValue> features =
        Map.ofEntries(
            Map.entry("missing", FeatureValue.MISSING),
            Map.entry("text", new FeatureValue.Text("größe")),
            Map.entry("int64", new FeatureValue.Int64(Long.MIN_VALUE)),
            Map.entry("int32", new FeatureValue.Int32(-7)),
            Map.entry("float64", new FeatureValue.Float64(0.1)),
            Map.entry("float32", new FeatureValue.Float32(-0.5f)),
            Map.entry("bool", new FeatureValue.Bool(true)),
            Map.entry("timestamp", new FeatureValue.Timestamp(Instant.ofEpochSecond(77))),
            Map.entry("texts", new FeatureValue.Texts(List.of("a", ""))),
            Map.entry("int64s", FeatureValue.Int64s.copyOf(1, -2)),
            Map.entry("float64s", FeatureValue.Float64s.copyOf(1.5, -2)),
            Map.entry("float32s", FeatureValue.Float32s.copyOf(1.5f, -2)),
            Map.entry("bytes", FeatureValue.Bytes.copyOf(new byte[] {0, -1})),
            Map.entry("bools", new FeatureValue.Bools(List.of(true, false))),
            Map.entry("int32s", FeatureValue.Int32s.copyOf(3, -4)),
            Map.entry("timestamps", new FeatureValue.Timestamps(FeatureValue.Int64s.copyOf(5, 6))),
            Map.entry(
                "byte strings",
                new FeatureValue.ByteStrings(List.of(FeatureValue.Bytes.copyOf(new byte[] {1})))));
    assertThat(features).hasSize(FeatureValue.class.getPermittedSubclasses().length);
    EntityKey key = EntityKey.of("user_id", "u", "domain", "movies");
    assertComesBack(
        StreamTypes.VIEW_ROW,
        new ViewRow("user_domain_activity", new FeatureRow(key, features, TIME)));
    assertComesBack(StreamTypes.VIEW_ROW, ViewRow.erasure("user_domain_activity", key, 1));
  }

  @Test
  void recordsComeBack() throws IOException {
    assertComesBack(
        StreamTypes.IMPRESSION,
        new Impression(
            RequestId.of("r"),
            USER,
            DOMAIN,
            TIME,
            "c1",
            "m1",
            "p1",
            Map.of("device", "tv"),
            new EligibleArms(List.of(ITEM), 1),
            List.of(new Impression.Slot(0, ITEM, 1.5, 0.5, "bandit")),
            "0",
            "popularity",
            List.of("content"),
            List.of("vector-index:open"),
            new Assignment("floors", "bolder"),
            new DecisionFeatures("m1", List.of(1f, -0.25f))));
    assertComesBack(
        StreamTypes.ITEM,
        new CatalogueItem(
            ITEM, DOMAIN, "Alien", "", List.of("Horror"), Map.of("decade", "1970s"), true, TIME));
    assertComesBack(
        StreamTypes.PROFILE,
        new UserProfile(
            USER, Map.of("region", "eu"), List.of(new OnboardingAnswer(DOMAIN, ITEM, true)), TIME));
    assertComesBack(StreamTypes.DEAD_LETTER, LETTER);
    assertComesBack(StreamTypes.ITEM_FLAG, new ItemFlag(ITEM, true, TIME));
    assertComesBack(StreamTypes.USER_SEGMENT, new UserSegment(USER, DOMAIN, "s1", TIME));
    assertComesBack(
        StreamTypes.ARTEFACT_ANNOUNCEMENT,
        new ArtefactAnnouncement("v1", "file:///a", TIME, ArtefactAnnouncement.Status.ACTIVE));
  }

  @Test
  void arrivalsAndChangesMayBeAnyOfTheirKinds() throws IOException {
    var arrivals = Arrival.type(StreamTypes.EVENT);
    assertThat(roundTrip(arrivals, Arrival.of(EVENT, 5)).record).isEqualTo(EVENT);
    Arrival<Event> tick = roundTrip(arrivals, Arrival.tick(9));
    assertThat(tick.time).isEqualTo(9);
    assertThat(tick.record).isNull();
    assertThat(tick.movesClock()).isTrue();
    Arrival<Event> dead = roundTrip(arrivals, Arrival.dead(LETTER));
    assertThat(dead.dead).isEqualTo(LETTER);
    assertThat(dead.movesClock()).isFalse();

    var changes = Change.type(StreamTypes.ITEM_VECTOR);
    assertThat(roundTrip(changes, new Change<ItemVector>("k", null)).isDeletion()).isTrue();
    assertThat(roundTrip(changes, new Change<>("k", new ItemVector(ITEM, VECTOR))).record)
        .isEqualTo(new ItemVector(ITEM, VECTOR));
  }

  private static <T> void assertComesBack(TypeInformation<T> type, T value) throws IOException {
    assertThat(roundTrip(type, value)).isEqualTo(value);
  }

  private static <T> T roundTrip(TypeInformation<T> type, T value) throws IOException {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    TypeSerializer<T> serializer = type.createSerializer(config);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    DataOutputSerializer copied = new DataOutputSerializer(64);
    serializer.copy(in, copied);
    assertThat(in.available()).isZero();
    return serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));
  }
}
