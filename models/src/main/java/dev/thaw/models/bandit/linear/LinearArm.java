package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Fading;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of one arm by a stream of contexts and rewards: {@link LinearSums} in each of the
 * {@value #SPACES} spaces of features that evidence came of last. As models are trained, servers of
 * two spaces answer for a while, and a set that was withdrawn may come back: each reads the sums of
 * its own space. A space goes when there are others with newer evidence, or when it has had none
 * for {@link #SILENCE} while others had; what still comes of it from before then is dropped and
 * counted. Mutable; belongs to one thread.
 */
final class LinearArm {
  static final int SPACES = 2;

  /** Without evidence for so long, while others have some, a space is no longer served. */
  static final Duration SILENCE = Duration.ofDays(1);

  private final SortedMap<String, LinearSums> spaces = new TreeMap<>();
  private long dropped;

  /**
   * @param space names where the features come from, not empty
   * @param x length d in [1, {@value LinearSums#MOST_FEATURES}], each in [-10^6, 10^6]
   * @param reward in [0, 10^6]
   * @param time event time, epoch milliseconds
   * @return whether it was learned from; if not, it is of a space that is no longer served
   * @throws IllegalArgumentException if the features can't be used, or are not as many as those
   *     before them of the same space; nothing has changed then
   */
  boolean observe(String space, float[] x, double reward, long time, Fading fading) {
    if (space.isEmpty()) {
      throw new IllegalArgumentException("space must not be empty");
    }
    LinearSums alone = LinearSums.of(x.length);
    alone.observe(x, reward, time, fading);
    LinearSums before = spaces.get(space);
    if (before != null && before.dimension() != x.length) {
      throw new IllegalArgumentException(
          "features of %s must be %d as those before, were %d"
              .formatted(space, before.dimension(), x.length));
    }
    add(space, alone, fading);
    boolean kept = spaces.containsKey(space);
    dropped += kept ? 0 : 1;
    return kept;
  }

  private void add(String space, LinearSums sums, Fading fading) {
    LinearSums before = spaces.get(space);
    if (before == null || before.dimension() != sums.dimension()) {
      spaces.put(space, sums);
    } else {
      before.merge(sums, fading);
    }
    long newest = frontier();
    spaces.values().removeIf(each -> each.frontier() < newest - SILENCE.toMillis());
    if (spaces.size() > SPACES) {
      spaces.entrySet().stream()
          .min(
              Comparator.comparingLong(
                      (Map.Entry<String, LinearSums> each) -> each.getValue().frontier())
                  .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .ifPresent(spaces::remove);
    }
  }

  /** Adds what another arm has learned. */
  void merge(LinearArm other, Fading fading) {
    other.spaces.forEach((space, sums) -> add(space, sums.copy(), fading));
    dropped += other.dropped;
  }

  /** By space, in the order of their names. */
  SortedMap<String, LinearSums> spaces() {
    return spaces;
  }

  /** How much evidence of spaces that are no longer served was dropped. */
  long dropped() {
    return dropped;
  }

  /** Event time of the newest evidence; {@link Fading#NEVER} before the first. */
  long frontier() {
    return spaces.values().stream().mapToLong(LinearSums::frontier).max().orElse(Fading.NEVER);
  }

  /** An independent copy. */
  LinearArm copy() {
    LinearArm copy = new LinearArm();
    spaces.forEach((space, sums) -> copy.spaces.put(space, sums.copy()));
    copy.dropped = dropped;
    return copy;
  }

  void write(BinaryWriter out) {
    out.writeCount(dropped).writeCount(spaces.size());
    spaces.forEach((space, sums) -> sums.write(out.writeText(space)));
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged
   */
  static LinearArm read(BinaryReader in) {
    LinearArm arm = new LinearArm();
    arm.dropped = in.readCount();
    int spaces = in.readSize(12);
    for (int i = 0; i < spaces; i++) {
      arm.spaces.put(in.readText(), LinearSums.read(in));
    }
    if (spaces > SPACES || arm.spaces.size() != spaces) {
      throw in.damaged(
          spaces + " spaces, " + arm.spaces.size() + " different ones of at most " + SPACES);
    }
    return arm;
  }
}
