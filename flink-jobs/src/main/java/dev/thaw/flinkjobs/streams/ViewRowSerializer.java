package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Rows between operators: view, key, features by name, event time, erasure. */
final class ViewRowSerializer extends ImmutableSerializer<ViewRow> {
  static final ViewRowSerializer INSTANCE = new ViewRowSerializer();
  private static final long serialVersionUID = 1L;

  private ViewRowSerializer() {}

  @Override
  public void serialize(ViewRow value, DataOutputView out) throws IOException {
    StringValue.writeString(value.view(), out);
    writeValues(value.row().key().joinKeys(), out);
    writeValues(value.row().features(), out);
    Instant time = value.row().eventTime();
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
    out.writeBoolean(value.isErasure());
  }

  private static void writeValues(Map<String, FeatureValue> values, DataOutputView out)
      throws IOException {
    out.writeInt(values.size());
    for (Map.Entry<String, FeatureValue> entry : values.entrySet()) {
      StringValue.writeString(entry.getKey(), out);
      FeatureValues.write(entry.getValue(), out);
    }
  }

  @Override
  public ViewRow deserialize(DataInputView in) throws IOException {
    String view = StringValue.readString(in);
    TreeMap<String, FeatureValue> key = new TreeMap<>();
    readValues(in, key);
    Map<String, FeatureValue> features = new HashMap<>();
    readValues(in, features);
    Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
    return new ViewRow(view, new FeatureRow(new EntityKey(key), features, time), in.readBoolean());
  }

  private static void readValues(DataInputView in, Map<String, FeatureValue> into)
      throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      String name = StringValue.readString(in);
      into.put(name, FeatureValues.read(in));
    }
  }

  @Override
  public TypeSerializerSnapshot<ViewRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ViewRow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
