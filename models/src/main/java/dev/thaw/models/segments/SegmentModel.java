package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The segments of one domain and the rules that assign users to them. A segment is a cell of one or
 * two profile attributes; users without these are assigned by what they liked, where that says
 * enough. Or, where no cells tell users apart, it is a group of users of like taste, and attributes
 * and likes together say which. Immutable, thread-safe.
 */
public final class SegmentModel {
  private static final int FORMAT = 2;

  /** Had no groups. */
  private static final int FORMAT_OF_CELLS = 1;

  private final DomainId domain;
  private final List<String> attributes;
  private final List<Segment> segments;
  private final Map<String, Segment> byName = new HashMap<>();
  private final Map<String, Map<ItemId, Double>> counts = new HashMap<>();
  private final SegmentGate gate;
  private final Likelihoods groups;

  private SegmentModel(
      DomainId domain,
      List<String> attributes,
      List<Segment> segments,
      SegmentGate gate,
      Likelihoods groups) {
    this.domain = domain;
    this.groups = groups;
    this.attributes = List.copyOf(attributes);
    this.segments = List.copyOf(segments);
    this.gate = gate;
    if (segments.isEmpty() || !segments.get(0).name().equals(Segment.WHOLE_DOMAIN)) {
      throw new IllegalArgumentException("the first segment must be the whole domain");
    }
    for (Segment segment : segments) {
      byName.put(segment.name(), segment);
      Map<ItemId, Double> ofSegment = new HashMap<>();
      segment.popularity().ranked().forEach(each -> ofSegment.put(each.item(), each.count()));
      counts.put(segment.name(), ofSegment);
    }
  }

  /**
   * @param attributes that make up the cells
   * @param segments the whole domain first
   * @param bases beside attributes, on which users are assigned to cells
   */
  static SegmentModel ofCells(
      DomainId domain,
      List<String> attributes,
      List<Segment> segments,
      SegmentGate gate,
      Set<SegmentAssignment.Basis> bases) {
    return new SegmentModel(domain, attributes, segments, gate, Likelihoods.NONE.on(bases));
  }

  /**
   * @param groups none where they are not kept
   */
  static SegmentModel ofGroups(
      DomainId domain, Segment wholeDomain, Likelihoods groups, SegmentGate gate) {
    List<Segment> segments = new ArrayList<>();
    segments.add(wholeDomain);
    segments.addAll(groups.groups());
    return new SegmentModel(domain, List.of(), segments, gate, groups);
  }

  public DomainId domain() {
    return domain;
  }

  /** The whole domain first. */
  public List<Segment> segments() {
    return segments;
  }

  /** What was measured when the segments were kept or given up. */
  public SegmentGate gate() {
    return gate;
  }

  /**
   * @throws IllegalArgumentException for names this model doesn't have
   */
  public Segment segment(String name) {
    Segment segment = byName.get(name);
    if (segment == null) {
      throw new IllegalArgumentException("no segment " + name + ", there are " + byName.keySet());
    }
    return segment;
  }

  /** The segment by attributes alone; the whole domain where the segment is thin. */
  public SegmentAssignment assign(Map<String, String> profileAttributes) {
    if (!groups.isEmpty()) {
      return groups.assign(profileAttributes, List.of(), SegmentAssignment.Basis.ATTRIBUTES);
    }
    return cell(attributes, profileAttributes)
        .filter(byName::containsKey)
        .map(name -> new SegmentAssignment(name, 1, SegmentAssignment.Basis.ATTRIBUTES))
        .orElse(SegmentAssignment.WHOLE_DOMAIN);
  }

  /**
   * To a cell by attributes; for users without them by history, else by onboarding answers of this
   * domain, where these were found to be a basis. To a group by attributes and history, or
   * onboarding answers, together. What was not found to be a basis says nothing, and takes nobody
   * out of the segment that the rest gives.
   *
   * @param history in this domain
   */
  public SegmentAssignment assign(UserProfile profile, History history, FactorModel factors) {
    SegmentAssignment byAttributes = assign(profile.attributes());
    if (segments.size() == 1 || (groups.isEmpty() && !byAttributes.isWholeDomain())) {
      return byAttributes;
    }
    List<ItemId> liked = liked(history, factors);
    SegmentAssignment.Basis basis = SegmentAssignment.Basis.HISTORY;
    if (liked.isEmpty() || !groups.uses(basis)) {
      liked = answered(profile);
      basis = SegmentAssignment.Basis.ONBOARDING;
    }
    if (liked.isEmpty() || !groups.uses(basis)) {
      return byAttributes;
    }
    return groups.isEmpty()
        ? byLikes(liked, basis)
        : groups.mostProbable(profile.attributes(), liked, basis);
  }

  private List<ItemId> answered(UserProfile profile) {
    List<ItemId> liked = new ArrayList<>();
    for (OnboardingAnswer answer : profile.onboarding()) {
      if (answer.liked() && answer.domain().equals(domain)) {
        liked.add(answer.itemId());
      }
    }
    return liked;
  }

  private static List<ItemId> liked(History history, FactorModel factors) {
    List<ItemId> liked = new ArrayList<>();
    for (History.Entry entry : history.entries()) {
      if (factors.scale().isPositive(entry.strength())) {
        liked.add(entry.item());
      }
    }
    return liked;
  }

  /**
   * The segment that a user's interactions count for. Differs from {@link #assign} for warm users
   * of groups: they make a group's popularity even where a history was not found to be a basis for
   * recommending it.
   */
  public SegmentAssignment member(UserProfile profile, History history, FactorModel factors) {
    List<ItemId> liked = liked(history, factors);
    return groups.isEmpty() || liked.isEmpty()
        ? assign(profile, history, factors)
        : groups.mostProbable(profile.attributes(), liked, SegmentAssignment.Basis.HISTORY);
  }

  /**
   * To a cell, whatever the bases. Naive Bayes: a cell's share of users times its users' chances to
   * like each item, the pseudo users of the shrunk counts among them.
   */
  SegmentAssignment byLikes(List<ItemId> liked, SegmentAssignment.Basis basis) {
    List<Segment> cells = segments.subList(1, segments.size());
    double[] logs = new double[cells.size()];
    for (int s = 0; s < logs.length; s++) {
      Segment cell = cells.get(s);
      Map<ItemId, Double> ofCell = counts.getOrDefault(cell.name(), Map.of());
      logs[s] = Math.log(cell.users());
      for (ItemId item : liked) {
        logs[s] +=
            Math.log(
                (ofCell.getOrDefault(item, 0.0) + 1) / (cell.users() + Cells.PSEUDO_USERS + 2));
      }
    }
    return SegmentAssignment.mostProbable(cells, Likelihoods.normalised(logs), basis);
  }

  /** {@code age_band=25-34,gender=F}; empty if an attribute is missing or there are none. */
  static Optional<String> cell(List<String> attributes, Map<String, String> values) {
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String attribute : attributes) {
      String value = values.get(attribute);
      if (value == null) {
        return Optional.empty();
      }
      parts.add(attribute + "=" + value);
    }
    return Optional.of(String.join(",", parts));
  }

  /** Binary form. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value()).writeCount(attributes.size());
    attributes.forEach(out::writeText);
    out.writeCount(segments.size());
    for (Segment segment : segments) {
      out.writeText(segment.name()).writeCount(segment.users());
      out.writeCount(segment.interactions());
      segment.popularity().write(out);
    }
    out.writeDouble(gate.segments()).writeDouble(gate.wholeDomain());
    Interval difference = gate.difference();
    out.writeDouble(difference.mean()).writeDouble(difference.low());
    out.writeDouble(difference.high()).writeCount(difference.users());
    groups.write(out);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static SegmentModel read(BinaryReader in) {
    int format = in.readByte();
    if (format != FORMAT && format != FORMAT_OF_CELLS) {
      throw in.damaged("format of segments " + format);
    }
    DomainId domain = DomainId.of(in.readText());
    List<String> attributes = new ArrayList<>();
    for (int left = in.readSize(1); left > 0; left--) {
      attributes.add(in.readText());
    }
    List<Segment> segments = new ArrayList<>();
    for (int left = in.readSize(3); left > 0; left--) {
      segments.add(
          new Segment(
              in.readText(), Math.toIntExact(in.readCount()), in.readCount(), Popularity.read(in)));
    }
    double bySegments = in.readDouble();
    double byDomain = in.readDouble();
    Interval difference =
        new Interval(
            in.readDouble(), in.readDouble(), in.readDouble(), Math.toIntExact(in.readCount()));
    return new SegmentModel(
        domain,
        attributes,
        segments,
        new SegmentGate(bySegments, byDomain, difference),
        format == FORMAT_OF_CELLS ? Likelihoods.NONE : Likelihoods.read(in, segments));
  }
}
