package dev.thaw.models.history;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.keyed.TimedState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HistoryState} with the attributes of the user's newest profile. Mutable; belongs to one
 * thread.
 */
public final class ProfiledHistory extends TimedState {
  private static final int MAGIC = 'P';
  private static final int VERSION = 1;
  private static final long NEVER = Long.MIN_VALUE;

  private final HistoryState history;
  private Map<String, String> attributes = Map.of();
  private long profiledAt = NEVER;

  private ProfiledHistory(HistoryState history) {
    this.history = history;
  }

  /** Without a profile. */
  public static ProfiledHistory of(HistoryState history) {
    return new ProfiledHistory(history);
  }

  public HistoryState history() {
    return history;
  }

  /**
   * Takes up a profile that is not older than the one before.
   *
   * @return whether the attributes are other ones now
   */
  public boolean describe(UserProfile profile) {
    long time = profile.time().toEpochMilli();
    if (time < profiledAt) {
      return false;
    }
    profiledAt = time;
    Map<String, String> before = attributes;
    attributes = profile.attributes();
    return !attributes.equals(before);
  }

  /**
   * Forgets the profile.
   *
   * @return whether there were attributes
   */
  public boolean undescribe() {
    boolean any = !attributes.isEmpty();
    attributes = Map.of();
    profiledAt = NEVER;
    return any;
  }

  /** Null where nothing is known. */
  public @Nullable UserProfile profile(UserId user) {
    return attributes.isEmpty()
        ? null
        : new UserProfile(user, attributes, List.of(), Instant.ofEpochMilli(profiledAt));
  }

  /** Whether nothing was ever heard of the user. */
  public boolean isBlank() {
    return history.interactions() == 0 && profiledAt == NEVER;
  }

  /** Newest interaction or profile, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  public long frontier() {
    return Math.max(history.frontier(), profiledAt);
  }

  /** An independent copy. */
  public ProfiledHistory copy() {
    ProfiledHistory copy = new ProfiledHistory(history.copy());
    copy.setTimer(timer());
    copy.attributes = attributes;
    copy.profiledAt = profiledAt;
    return copy;
  }

  public byte[] toBytes() {
    byte[] ofHistory = history.toBytes();
    BinaryWriter out = new BinaryWriter(64 + ofHistory.length).writeByte(MAGIC).writeByte(VERSION);
    out.writeLong(profiledAt).writeCount(attributes.size());
    new TreeMap<>(attributes).forEach((name, value) -> out.writeText(name).writeText(value));
    return out.writeBytes(ofHistory).toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not such a state, or damaged
   */
  public static ProfiledHistory fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("history with profile", bytes);
    in.expect(MAGIC, "magic");
    in.expect(VERSION, "version");
    long profiledAt = in.readLong();
    int size = in.readSize(2);
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      attributes.put(in.readText(), in.readText());
    }
    ProfiledHistory state = new ProfiledHistory(HistoryState.fromBytes(in.readBytes()));
    in.requireEnd();
    state.attributes = Map.copyOf(attributes);
    state.profiledAt = profiledAt;
    return state;
  }
}
