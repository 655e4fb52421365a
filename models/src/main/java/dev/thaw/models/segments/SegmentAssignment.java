package dev.thaw.models.segments;

import java.util.List;

/**
 * @param confidence probability of the segment given what is known, in [0, 1]
 */
public record SegmentAssignment(String segment, double confidence, Basis basis) {
  /** A segment is inferred from this posterior on. */
  static final double MIN_CONFIDENCE = 0.5;

  public static final SegmentAssignment WHOLE_DOMAIN =
      new SegmentAssignment(Segment.WHOLE_DOMAIN, 1, Basis.NOTHING);

  /** What an assignment rests on. */
  public enum Basis {
    HISTORY,
    ONBOARDING,
    ATTRIBUTES,
    NOTHING
  }

  /**
   * @param posterior probabilities of the segments
   * @return the whole domain where none is likely enough
   */
  static SegmentAssignment mostProbable(List<Segment> segments, double[] posterior, Basis basis) {
    int best = 0;
    for (int s = 1; s < posterior.length; s++) {
      best = posterior[s] > posterior[best] ? s : best;
    }
    return posterior[best] < MIN_CONFIDENCE
        ? WHOLE_DOMAIN
        : new SegmentAssignment(segments.get(best).name(), posterior[best], basis);
  }

  public boolean isWholeDomain() {
    return segment.equals(Segment.WHOLE_DOMAIN);
  }
}
