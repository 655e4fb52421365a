package dev.thaw.models.segments;

/**
 * @param confidence probability of the segment given what is known, in [0, 1]
 */
public record SegmentAssignment(String segment, double confidence, Basis basis) {
  public static final SegmentAssignment WHOLE_DOMAIN =
      new SegmentAssignment(Segment.WHOLE_DOMAIN, 1, Basis.NOTHING);

  /** What an assignment rests on. */
  public enum Basis {
    HISTORY,
    ONBOARDING,
    ATTRIBUTES,
    NOTHING
  }

  public boolean isWholeDomain() {
    return segment.equals(Segment.WHOLE_DOMAIN);
  }
}
