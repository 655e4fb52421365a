package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One request's impression and its rewards so far, the state of {@link ImpressionRewardFold}.
 * Mutable; belongs to one thread.
 */
public final class ImpressionRewards {
  private static final int MAGIC = 'I';
  private static final int VERSION = 3;

  /** Kept the id of a waiting event in place of the event. */
  private static final int IDS_ONLY = 1;

  /** Knew one reward and one window. */
  private static final int ONE_REWARD = 2;

  /** What was shown, and by reward what it earned. */
  record Shown(int slot, String itemId, String source, double propensity, Earned earned) {}

  /**
   * A reward that came before its impression.
   *
   * @param input the event in its wire form, for the dead letters
   * @param domain of the event; empty in a state from before there were several rewards
   */
  record Waiting(String input, String domain, String itemId, long time, Earned earned) {}

  /** Null until the impression comes. */
  @Nullable String requestId;

  /** Of the impression; empty of a state from before there were several rewards. */
  String domain = "";

  Assignment assignment = Assignment.NONE;

  /** What the policy knew of the user: the same of all slots. */
  DecisionFeatures features = DecisionFeatures.NONE;

  long shownAt;

  /** Names of the rewards that have settled. */
  Set<String> settled = new TreeSet<>();

  List<Shown> shown = new ArrayList<>();
  List<Waiting> waiting = new ArrayList<>();

  ImpressionRewards() {}

  void clear() {
    requestId = null;
    domain = "";
    assignment = Assignment.NONE;
    features = DecisionFeatures.NONE;
    settled = new TreeSet<>();
    shown = new ArrayList<>();
    waiting = new ArrayList<>();
  }

  /** An independent copy. */
  public ImpressionRewards copy() {
    ImpressionRewards copy = new ImpressionRewards();
    copy.requestId = requestId;
    copy.shownAt = shownAt;
    copy.domain = domain;
    copy.assignment = assignment;
    copy.features = features;
    copy.settled.addAll(settled);
    for (Shown s : shown) {
      copy.shown.add(
          new Shown(s.slot(), s.itemId(), s.source(), s.propensity(), s.earned().copy()));
    }
    copy.waiting.addAll(waiting);
    return copy;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(64 + 40 * shown.size()).writeByte(MAGIC).writeByte(VERSION);
    out.writeText(requestId == null ? "" : requestId).writeSigned(shownAt);
    out.writeText(domain).writeText(assignment.experiment()).writeText(assignment.configuration());
    out.writeText(features.space()).writeCount(features.values().size());
    features.values().forEach(out::writeFloat);
    out.writeCount(settled.size());
    settled.forEach(out::writeText);
    out.writeCount(shown.size());
    for (Shown s : shown) {
      out.writeCount(s.slot()).writeText(s.itemId()).writeText(s.source());
      out.writeDouble(s.propensity());
      s.earned().write(out);
    }
    out.writeCount(waiting.size());
    for (Waiting reward : waiting) {
      out.writeText(reward.input()).writeText(reward.domain());
      out.writeText(reward.itemId()).writeSigned(reward.time());
      reward.earned().write(out);
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
    if (version < IDS_ONLY || version > VERSION) {
      throw new IllegalArgumentException(
          "impression rewards must have a version in [1, 3], was " + version);
    }
    boolean one = version <= ONE_REWARD;
    ImpressionRewards state = new ImpressionRewards();
    String requestId = in.readText();
    state.requestId = requestId.isEmpty() ? null : requestId;
    state.shownAt = in.readSigned();
    if (one) {
      if (in.readByte() != 0) {
        state.settled.add(RewardDefinition.POSITIVE.name());
      }
    } else {
      state.domain = in.readText();
      state.assignment = new Assignment(in.readText(), in.readText());
      state.features = features(in);
      int settled = in.readSize(1);
      for (int i = 0; i < settled; i++) {
        state.settled.add(in.readText());
      }
    }
    int shown = in.readSize(one ? 19 : 12);
    for (int i = 0; i < shown; i++) {
      int slot = (int) in.readCount();
      state.shown.add(
          new Shown(
              slot,
              in.readText(),
              in.readText(),
              in.readDouble(),
              one ? Earned.ofOne(in.readDouble()) : Earned.read(in)));
    }
    int waiting = in.readSize(3);
    for (int i = 0; i < waiting; i++) {
      state.waiting.add(
          new Waiting(
              in.readText(),
              one ? "" : in.readText(),
              in.readText(),
              in.readSigned(),
              one ? Earned.ofOne(1) : Earned.read(in)));
    }
    in.requireEnd();
    return state;
  }

  private static DecisionFeatures features(BinaryReader in) {
    String space = in.readText();
    int size = in.readSize(4);
    List<Float> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(in.readFloat());
    }
    try {
      return new DecisionFeatures(space, values);
    } catch (IllegalArgumentException e) {
      throw in.damaged(String.valueOf(e.getMessage()));
    }
  }
}
