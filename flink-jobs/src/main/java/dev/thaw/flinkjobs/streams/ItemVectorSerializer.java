package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.ItemVector;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Item vectors between operators and in state. */
final class ItemVectorSerializer extends ImmutableSerializer<ItemVector> {
  static final ItemVectorSerializer INSTANCE = new ItemVectorSerializer();
  private static final long serialVersionUID = 1L;

  private ItemVectorSerializer() {}

  @Override
  public void serialize(ItemVector value, DataOutputView out) throws IOException {
    StringValue.writeString(value.itemId().value(), out);
    Vectors.write(value.vector(), out);
  }

  @Override
  public ItemVector deserialize(DataInputView in) throws IOException {
    ItemId item = new ItemId(StringValue.readString(in));
    return new ItemVector(item, Vectors.read(in));
  }

  @Override
  public TypeSerializerSnapshot<ItemVector> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemVector> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
