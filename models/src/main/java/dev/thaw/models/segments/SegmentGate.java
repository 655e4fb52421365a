package dev.thaw.models.segments;

import dev.thaw.models.metrics.Interval;

/**
 * What was measured on held-out users before segments were kept.
 *
 * @param segments nDCG@10 of popularity in the user's segment
 * @param wholeDomain nDCG@10 of the domain's popularity
 * @param difference per user, the former less the latter
 */
public record SegmentGate(double segments, double wholeDomain, Interval difference) {
  /** Where nothing could be measured; no segment is kept. */
  static final SegmentGate UNMEASURED = new SegmentGate(0, 0, new Interval(0, 0, 0, 0));

  /** Whether the interval of the difference lies above zero. */
  public boolean isOpen() {
    return difference.isAboveZero();
  }
}
