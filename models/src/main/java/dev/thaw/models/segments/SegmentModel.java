package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import java.util.List;
import java.util.Map;

/** The segments of one domain and the rules that assign users to them. Immutable, thread-safe. */
public final class SegmentModel {
  private SegmentModel() {}

  public DomainId domain() {
    throw new UnsupportedOperationException("not yet");
  }

  /** The whole domain first. */
  public List<Segment> segments() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * @throws IllegalArgumentException for names this model doesn't have
   */
  public Segment segment(String name) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The segment by attributes alone; the whole domain where the segment is thin. */
  public SegmentAssignment assign(Map<String, String> attributes) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * By what says most: history, else onboarding answers of this domain, else attributes.
   *
   * @param history in this domain
   */
  public SegmentAssignment assign(UserProfile profile, History history, FactorModel factors) {
    throw new UnsupportedOperationException("not yet");
  }

  public void write(BinaryWriter out) {
    throw new UnsupportedOperationException("not yet");
  }

  public static SegmentModel read(BinaryReader in) {
    throw new UnsupportedOperationException("not yet");
  }
}
