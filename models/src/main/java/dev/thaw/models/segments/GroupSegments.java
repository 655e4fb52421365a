package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.segments.SegmentAssignment.Basis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Groups of like taste as segments, measured on {@link HeldOutLikes} for each thing that may be
 * known of a user: attributes alone; with these, onboarding answers; or with these, first likes.
 */
final class GroupSegments {
  /** Characters of the data's hash in a group's name. */
  private static final int NAMED = 8;

  private static final int[] SIZES = {4, 8, 16};

  private final Interactions all;
  private final Interactions training;
  private final SegmentData data;
  private final HeldOutLikes heldOut;

  /**
   * @param training without the held-out users
   */
  GroupSegments(SegmentData data, Interactions training) {
    this.data = data;
    this.all = data.interactions();
    this.training = training;
    this.heldOut = new HeldOutLikes(all, training);
  }

  /**
   * @param choosing users by whom the number of groups is chosen
   * @param deciding users by whom it is decided for what the groups are used
   */
  SegmentModel fit(
      Segment wholeDomain, Set<UserId> choosing, Set<UserId> deciding, RandomGenerator random) {
    int size = SIZES[0];
    double highest = -1;
    for (int each : SIZES) {
      double mean = measure(groups(training, each, random), choosing, Basis.ONBOARDING).bySegment();
      if (mean > highest) {
        highest = mean;
        size = each;
      }
    }
    Likelihoods groups = groups(training, size, random);
    Set<Basis> bases = EnumSet.noneOf(Basis.class);
    SegmentGate gate = measure(groups, deciding, Basis.ONBOARDING).gate(random);
    if (gate.isOpen()) {
      bases.add(Basis.ONBOARDING);
    }
    for (Basis basis : List.of(Basis.ATTRIBUTES, Basis.HISTORY)) {
      SegmentGate ofBasis = measure(groups, deciding, basis).gate(random);
      if (ofBasis.isOpen()) {
        gate = bases.isEmpty() ? ofBasis : gate;
        bases.add(basis);
      }
    }
    return SegmentModel.ofGroups(
        all.domain(),
        wholeDomain,
        bases.isEmpty() ? Likelihoods.NONE : groups(all, size, random).on(bases),
        gate);
  }

  private HeldOutRanking measure(Likelihoods groups, Set<UserId> users, Basis basis) {
    return heldOut.measure(
        groups.groups(),
        users,
        basis,
        (user, liked) -> groups.mostProbable(attributes(user), liked, basis));
  }

  private Map<String, String> attributes(UserId user) {
    UserProfile profile = data.profiles().get(user);
    if (profile == null) {
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    for (String each : data.attributes()) {
      String value = profile.attributes().get(each);
      if (value != null) {
        attributes.put(each, value);
      }
    }
    return attributes;
  }

  /**
   * Groups that are not thin, largest first. Their names hold what they were made of: the third
   * group of another training is another group, and what the stream counted of it says nothing
   * here.
   */
  private Likelihoods groups(Interactions of, int size, RandomGenerator random) {
    int[] groupOf = new GroupTrainer(of, size).fit(random);
    List<Segment> segments =
        new ArrayList<>(
            new Cells(of, data.profiles())
                .of(
                    user ->
                        groupOf[user] < 0 ? Optional.empty() : Optional.of("" + groupOf[user])));
    segments.sort(Comparator.comparingInt(Segment::users).reversed().thenComparing(Segment::name));
    List<Map<String, Integer>> values = new ArrayList<>();
    Map<String, Map<String, Integer>> byName = new HashMap<>();
    for (Segment each : segments) {
      Map<String, Integer> ofGroup = new HashMap<>();
      values.add(ofGroup);
      byName.put(each.name(), ofGroup);
    }
    for (int u = 0; u < groupOf.length; u++) {
      Map<String, Integer> ofGroup = byName.get("" + groupOf[u]);
      if (ofGroup != null) {
        attributes(of.users().get(u))
            .forEach(
                (attribute, value) ->
                    ofGroup.merge(Likelihoods.pair(attribute, value), 1, Integer::sum));
      }
    }
    String made = of.dataHash().substring(0, NAMED);
    List<Segment> named = new ArrayList<>();
    for (int g = 0; g < segments.size(); g++) {
      Segment each = segments.get(g);
      named.add(
          new Segment(
              "group=" + (g + 1) + "@" + made,
              each.users(),
              each.interactions(),
              each.popularity()));
    }
    return new Likelihoods(named, values, Set.of());
  }
}
