package dev.thaw.flinkjobs.itemstatistics;

/**
 * An interaction as it counts for one popularity list.
 *
 * @param segment {@code *} is everyone
 * @param time epoch milliseconds
 */
public record SegmentInteraction(String domain, String segment, String itemId, long time) {
  static final String EVERYONE = "*";

  SegmentInteraction in(String other) {
    return new SegmentInteraction(domain, other, itemId, time);
  }
}
