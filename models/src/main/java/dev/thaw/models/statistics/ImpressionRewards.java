package dev.thaw.models.statistics;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's impression and its rewards so far, the state of {@link ImpressionRewardFold}.
 * Mutable; belongs to one thread.
 */
public final class ImpressionRewards {
  private static final int MAGIC = 'I';
  private static final int VERSION = 2;

  /** Kept the id of a waiting event in place of the event. */
  private static final int IDS_ONLY = 1;

  /** What was shown. */
  static final class Shown {
    final int slot;
    final String itemId;
    final String source;
    final double propensity;
    double reward;

    Shown(int slot, String itemId, String source, double propensity, double reward) {
      this.slot = slot;
      this.itemId = itemId;
      this.source = source;
      this.propensity = propensity;
      this.reward = reward;
    }
  }

  /**
   * A reward that came before its impression.
   *
   * @param input the event in its wire form, for the dead letters
   */
  record Waiting(String input, String itemId, long time) {}

  /** Null until the impression comes. */
  @Nullable String requestId;

  long shownAt;
  boolean settled;
  List<Shown> shown = new ArrayList<>();
  List<Waiting> waiting = new ArrayList<>();

  ImpressionRewards() {}

  void clear() {
    requestId = null;
    settled = false;
    shown = new ArrayList<>();
    waiting = new ArrayList<>();
  }

  /** An independent copy. */
  public ImpressionRewards copy() {
    ImpressionRewards copy = new ImpressionRewards();
    copy.requestId = requestId;
    copy.shownAt = shownAt;
    copy.settled = settled;
    for (Shown s : shown) {
      copy.shown.add(new Shown(s.slot, s.itemId, s.source, s.propensity, s.reward));
    }
    copy.waiting.addAll(waiting);
    return copy;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(64 + 40 * shown.size()).writeByte(MAGIC).writeByte(VERSION);
    out.writeText(requestId == null ? "" : requestId).writeSigned(shownAt);
    out.writeByte(settled ? 1 : 0).writeCount(shown.size());
    for (Shown s : shown) {
      out.writeCount(s.slot).writeText(s.itemId).writeText(s.source);
      out.writeDouble(s.propensity).writeDouble(s.reward);
    }
    out.writeCount(waiting.size());
    for (Waiting reward : waiting) {
      out.writeText(reward.input()).writeText(reward.itemId()).writeSigned(reward.time());
    }
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not impression rewards, or damaged
   */
  public static ImpressionRewards fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("impression rewards", bytes);
    in.expect(MAGIC, "magic");
    int version = in.readByte();
    if (version != VERSION && version != IDS_ONLY) {
      throw new IllegalArgumentException(
          "impression rewards must have version 1 or 2, was " + version);
    }
    ImpressionRewards state = new ImpressionRewards();
    String requestId = in.readText();
    state.requestId = requestId.isEmpty() ? null : requestId;
    state.shownAt = in.readSigned();
    state.settled = in.readByte() != 0;
    int shown = in.readSize(19);
    for (int i = 0; i < shown; i++) {
      int slot = (int) in.readCount();
      state.shown.add(
          new Shown(slot, in.readText(), in.readText(), in.readDouble(), in.readDouble()));
    }
    int waiting = in.readSize(3);
    for (int i = 0; i < waiting; i++) {
      state.waiting.add(new Waiting(in.readText(), in.readText(), in.readSigned()));
    }
    in.requireEnd();
    return state;
  }
}
