package dev.thaw.flinkjobs.keyed;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What the serializers of fold states have in common: the state's own bytes, which describe
 * themselves and evolve by their own rules, behind their length.
 */
abstract class FoldStateSerializer<S> extends TypeSerializerSingleton<S> {
  private static final long serialVersionUID = 1L;

  abstract byte[] toBytes(S state);

  abstract S fromBytes(byte[] bytes);

  @Override
  public final boolean isImmutableType() {
    return false;
  }

  @Override
  public final @Nullable S createInstance() {
    return null;
  }

  @Override
  public final S copy(S from, S reuse) {
    return copy(from);
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final void serialize(S state, DataOutputView target) throws IOException {
    byte[] bytes = toBytes(state);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public final S deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return fromBytes(bytes);
  }

  @Override
  public final S deserialize(S reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }
}
