package dev.thaw.models.bandit.linear;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which space of features an arm's statistics are of. Spaces take turns as models are trained, and
 * for a while servers of both answer; names say nothing of their order, event time does:
 *
 * <ol>
 *   <li>A space is as new as its oldest evidence. The newest one has the turn; that of others is
 *       late, so that a server that was left behind takes the turn from nobody.
 *   <li>Evidence of an older space from {@link #SILENCE} after the newest of the one that has the
 *       turn takes the turn back: the newer set was withdrawn.
 * </ol>
 *
 * Mutable; belongs to one thread.
 */
final class SpaceTurns {
  /** Without evidence for so long, a space is no longer served. */
  static final Duration SILENCE = Duration.ofDays(1);

  /** Of which it is known when they began. */
  private static final int REMEMBERED = 8;

  /** When each began, epoch milliseconds; in the order in which they came. */
  private final Map<String, Long> begun = new LinkedHashMap<>();

  /** Empty before the first. */
  private String current = "";

  /**
   * @param space of the evidence that has come
   * @param time its event time, epoch milliseconds
   * @param frontier event time of the newest evidence of the space that has the turn
   * @return whether the space has the turn now
   */
  boolean take(String space, long time, long frontier) {
    long start = Math.min(time, begun.getOrDefault(space, Long.MAX_VALUE));
    boolean silent = !current.isEmpty() && time - SILENCE.toMillis() > frontier;
    if (!space.equals(current) && silent) {
      start = time;
    }
    begun.put(space, start);
    if (current.isEmpty() || start > begun.getOrDefault(current, Long.MIN_VALUE)) {
      current = space;
    }
    forgetOldest();
    return space.equals(current);
  }

  private void forgetOldest() {
    while (begun.size() > REMEMBERED) {
      begun.entrySet().stream()
          .filter(each -> !each.getKey().equals(current))
          .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .ifPresent(begun::remove);
    }
  }

  /** The space that has the turn; empty before the first. */
  String current() {
    return current;
  }

  SpaceTurns copy() {
    SpaceTurns copy = new SpaceTurns();
    copy.begun.putAll(begun);
    copy.current = current;
    return copy;
  }

  void write(BinaryWriter out) {
    out.writeText(current).writeCount(begun.size());
    begun.forEach((space, start) -> out.writeText(space).writeLong(start));
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged
   */
  static SpaceTurns read(BinaryReader in) {
    SpaceTurns turns = new SpaceTurns();
    turns.current = in.readText();
    int spaces = in.readSize(9);
    for (int i = 0; i < spaces; i++) {
      turns.begun.put(in.readText(), in.readLong());
    }
    if (spaces > REMEMBERED || turns.current.isEmpty() != (spaces == 0)) {
      throw in.damaged(spaces + " spaces, of which \"" + turns.current + "\" has the turn");
    }
    return turns;
  }
}
