package dev.thaw.launcher.chaos;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * One server killed, and what came of it.
 *
 * @param killed when it was, or a moment later
 * @param recoverySeconds until every job had kept its state again and both servers answered without
 *     anything degraded; negative if that took longer than the patience
 * @param restarted jobs that had to go back to their last checkpoint
 * @param counts of the requests in between
 * @param breakers those that were seen to move, by dependency
 */
public record Round(
    int number,
    Victim victim,
    @JsonSerialize(using = ToStringSerializer.class) Instant killed,
    double recoverySeconds,
    int restarted,
    Counts counts,
    Map<String, BreakerWatch.Moves> breakers) {
  private static final Set<Victim> TASKMANAGERS =
      Set.of(Victim.TASKMANAGER_1, Victim.TASKMANAGER_2);

  /** Whether the kill met work: a TaskManager may have none. */
  boolean metWork() {
    return !TASKMANAGERS.contains(victim) || restarted > 0;
  }

  boolean recovered() {
    return recoverySeconds >= 0;
  }

  /**
   * Whether answers named the part that was away, if they need it. Redis is back so soon that no
   * answer may have gone without it.
   */
  boolean namesThePart() {
    return counts.degraded().keySet().stream().anyMatch(name -> name.startsWith(victim.part()))
        || victim.part().isEmpty()
        || (victim == Victim.REDIS && counts.degraded().isEmpty());
  }
}
