package dev.thaw.serving.api;

import java.time.Duration;

/**
 * What a caller may ask for at most.
 *
 * @param maxK items in one answer
 * @param exclusions items to leave out in one request
 * @param categories in one filter
 * @param contextEntries words of context
 * @param text characters of a context word
 * @param shortestDeadline that may be asked for
 * @param longestDeadline that may be asked for
 * @param bodyBytes of a post of records
 * @param readBodyBytes of any other request
 * @param heldBodyBytes of the posts of records under way, all together
 * @param records events, items or users in one request
 * @param errorsShown rejected records described one by one in the answer; all are counted
 */
public record Limits(
    int maxK,
    int exclusions,
    int categories,
    int contextEntries,
    int text,
    Duration shortestDeadline,
    Duration longestDeadline,
    long bodyBytes,
    long readBodyBytes,
    long heldBodyBytes,
    int records,
    int errorsShown) {

  private static final long BODY_BYTES = 32L << 20;

  /** Part of the heap that bodies of posts may take; what is made of them takes more. */
  private static final int HEAP_PER_HELD_BODIES = 10;

  public static Limits withMaxK(int maxK) {
    return new Limits(
        maxK,
        10_000,
        100,
        32,
        256,
        Duration.ofMillis(1),
        Duration.ofSeconds(10),
        BODY_BYTES,
        1L << 20,
        Math.max(BODY_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PER_HELD_BODIES),
        100_000,
        100);
  }
}
