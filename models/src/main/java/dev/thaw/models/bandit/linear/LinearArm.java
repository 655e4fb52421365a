package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Fading;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Optional;

/**
 * What is kept of one arm by a stream of contexts and rewards: {@link LinearSums} in the space of
 * features that is served. Evidence of a newer space replaces what was learned in an older one, of
 * which it says nothing; what still comes of an older one is dropped and counted ({@link
 * SpaceTurns} says which is newer). Mutable; belongs to one thread.
 */
final class LinearArm {
  private SpaceTurns turns = new SpaceTurns();
  private Optional<LinearSums> sums = Optional.empty();
  private long dropped;

  /**
   * @param space names where the features come from, not empty
   * @param x length d in [1, {@value LinearSums#MOST_FEATURES}], each in [-10^6, 10^6]
   * @param reward in [0, 10^6]
   * @param time event time, epoch milliseconds
   * @return whether it was learned from; if not, it is of an older space
   * @throws IllegalArgumentException if the features can't be used, or are not as many as those
   *     before them of the same space; nothing has changed then
   */
  boolean observe(String space, float[] x, double reward, long time, Fading fading) {
    if (space.isEmpty()) {
      throw new IllegalArgumentException("space must not be empty");
    }
    LinearSums alone = LinearSums.of(x.length);
    alone.observe(x, reward, time, fading);
    LinearSums before = space.equals(space()) ? sums.orElse(null) : null;
    if (before != null && before.dimension() != x.length) {
      throw new IllegalArgumentException(
          "features of %s must be %d as those before, were %d"
              .formatted(space, before.dimension(), x.length));
    }
    if (!turns.take(space, time, frontier())) {
      dropped++;
      return false;
    }
    if (before == null) {
      sums = Optional.of(alone);
    } else {
      before.merge(alone, fading);
    }
    return true;
  }

  /** The space learned in; empty before the first evidence. */
  String space() {
    return turns.current();
  }

  /** Empty before the first evidence. */
  Optional<LinearSums> sums() {
    return sums;
  }

  /** How much evidence of older spaces was dropped. */
  long dropped() {
    return dropped;
  }

  /** Event time of the newest evidence; {@link Fading#NEVER} before the first. */
  long frontier() {
    return sums.map(LinearSums::frontier).orElse(Fading.NEVER);
  }

  /** An independent copy. */
  LinearArm copy() {
    LinearArm copy = new LinearArm();
    copy.turns = turns.copy();
    copy.sums = sums.map(LinearSums::copy);
    copy.dropped = dropped;
    return copy;
  }

  void write(BinaryWriter out) {
    out.writeCount(dropped);
    turns.write(out);
    sums.ifPresent(each -> each.write(out));
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged
   */
  static LinearArm read(BinaryReader in) {
    LinearArm arm = new LinearArm();
    arm.dropped = in.readCount();
    arm.turns = SpaceTurns.read(in);
    if (!arm.space().isEmpty()) {
      arm.sums = Optional.of(LinearSums.read(in));
    }
    return arm;
  }
}
