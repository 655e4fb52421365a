package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.history.ProfiledHistory;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link ProfiledHistory} in Flink's state. */
final class ProfiledHistorySerializer extends FoldStateSerializer<ProfiledHistory> {
  static final ProfiledHistorySerializer INSTANCE = new ProfiledHistorySerializer();
  private static final long serialVersionUID = 1L;

  private ProfiledHistorySerializer() {}

  @Override
  byte[] toBytes(ProfiledHistory state) {
    return state.toBytes();
  }

  @Override
  ProfiledHistory fromBytes(byte[] bytes) {
    return ProfiledHistory.fromBytes(bytes);
  }

  @Override
  public ProfiledHistory copy(ProfiledHistory from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<ProfiledHistory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ProfiledHistory> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
