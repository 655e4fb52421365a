package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Events between operators. Written by hand because every event crosses several exchanges: Flink's
 * POJO serializer would look through eight nested records by reflection.
 */
final class EventSerializer extends ImmutableSerializer<Event> {
  static final EventSerializer INSTANCE = new EventSerializer();
  private static final long serialVersionUID = 1L;

  private static final int VALUE = 1;
  private static final int REQUEST = 2;
  private static final int SLOT = 4;
  private static final int PROPENSITY = 8;

  /** Types are few, and their names are checked by a regular expression at birth. */
  private static final int MAX_CACHED_TYPES = 1000;

  private static final Map<String, EventType> TYPES = new ConcurrentHashMap<>();

  private EventSerializer() {}

  @Override
  public void serialize(Event event, DataOutputView out) throws IOException {
    out.writeByte(presence(event));
    StringValue.writeString(event.eventId().value(), out);
    StringValue.writeString(event.userId().value(), out);
    StringValue.writeString(event.itemId().value(), out);
    StringValue.writeString(event.domain().value(), out);
    StringValue.writeString(event.type().name(), out);
    out.writeLong(event.time().getEpochSecond());
    out.writeInt(event.time().getNano());
    out.writeInt(event.context().size());
    for (Map.Entry<String, String> entry : event.context().entrySet()) {
      StringValue.writeString(entry.getKey(), out);
      StringValue.writeString(entry.getValue(), out);
    }
    writeOptional(event, out);
  }

  private static int presence(Event event) {
    return (event.value() == null ? 0 : VALUE)
        | (event.requestId() == null ? 0 : REQUEST)
        | (event.slot() == null ? 0 : SLOT)
        | (event.propensity() == null ? 0 : PROPENSITY);
  }

  private static void writeOptional(Event event, DataOutputView out) throws IOException {
    Double value = event.value();
    if (value != null) {
      out.writeDouble(value);
    }
    RequestId request = event.requestId();
    if (request != null) {
      StringValue.writeString(request.value(), out);
    }
    Integer slot = event.slot();
    if (slot != null) {
      out.writeInt(slot);
    }
    Double propensity = event.propensity();
    if (propensity != null) {
      out.writeDouble(propensity);
    }
  }

  @Override
  public Event deserialize(DataInputView in) throws IOException {
    int presence = in.readUnsignedByte();
    EventId id = new EventId(StringValue.readString(in));
    UserId user = new UserId(StringValue.readString(in));
    ItemId item = new ItemId(StringValue.readString(in));
    DomainId domain = new DomainId(StringValue.readString(in));
    EventType type = type(StringValue.readString(in));
    Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
    Map<String, String> context = readContext(in);
    Double value = (presence & VALUE) == 0 ? null : in.readDouble();
    RequestId request =
        (presence & REQUEST) == 0 ? null : new RequestId(StringValue.readString(in));
    Integer slot = (presence & SLOT) == 0 ? null : in.readInt();
    Double propensity = (presence & PROPENSITY) == 0 ? null : in.readDouble();
    return new Event(id, user, item, domain, type, value, time, context, request, slot, propensity);
  }

  private static Map<String, String> readContext(DataInputView in) throws IOException {
    int size = in.readInt();
    if (size == 0) {
      return Map.of();
    }
    Map<String, String> context = new HashMap<>(2 * size);
    for (int i = 0; i < size; i++) {
      String name = StringValue.readString(in);
      context.put(name, StringValue.readString(in));
    }
    return context;
  }

  private static EventType type(String name) {
    @Nullable EventType cached = TYPES.get(name);
    if (cached != null) {
      return cached;
    }
    EventType type = new EventType(name);
    if (TYPES.size() < MAX_CACHED_TYPES) {
      TYPES.put(name, type);
    }
    return type;
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
