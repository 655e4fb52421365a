package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.segments.SegmentAssignment.Basis;
import dev.thaw.models.training.Trainer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Learns segments and keeps them only if their popularity beats the domain's on held-out users. Of
 * all attributes and pairs of attributes the one is taken that ranks best for one part of the
 * held-out users; the other part decides whether its cells are kept, and whether likes alone place
 * users in them. Where they are not kept, {@link GroupSegments} are tried in the same way.
 */
public final class SegmentTrainer implements Trainer<SegmentData, SegmentModel> {
  @Override
  public SegmentModel fit(SegmentData data, RandomGenerator random) {
    Interactions all = data.interactions();
    Set<UserId> choosing = new HashSet<>();
    Set<UserId> deciding = new HashSet<>();
    for (UserId user : all.users()) {
      double part = random.nextDouble();
      if (part < 0.15) {
        choosing.add(user);
      } else if (part < 0.3) {
        deciding.add(user);
      }
    }
    Interactions training =
        all.ofUsers(user -> !choosing.contains(user) && !deciding.contains(user));
    Cells everybody = new Cells(all, data.profiles());
    Cells cells = new Cells(training, data.profiles());
    List<String> best = best(all, cells, data.attributes(), choosing);
    SegmentGate byCell =
        best.isEmpty() ? SegmentGate.UNMEASURED : measure(all, cells, best, deciding).gate(random);
    if (byCell.isOpen()) {
      List<Segment> segments = new ArrayList<>();
      segments.add(everybody.wholeDomain());
      segments.addAll(everybody.of(best));
      return SegmentModel.ofCells(
          all.domain(),
          best,
          segments,
          byCell,
          bases(new HeldOutLikes(all, training), cells, best, deciding, random));
    }
    return new GroupSegments(data, training)
        .fit(everybody.wholeDomain(), choosing, deciding, random);
  }

  /** What places users without attributes in the cells well enough. */
  private static Set<Basis> bases(
      HeldOutLikes heldOut,
      Cells cells,
      List<String> attributes,
      Set<UserId> users,
      RandomGenerator random) {
    List<Segment> segments = new ArrayList<>();
    Segment wholeDomain = cells.wholeDomain();
    segments.add(wholeDomain);
    segments.addAll(cells.of(attributes));
    SegmentModel model =
        SegmentModel.ofCells(
            wholeDomain.popularity().domain(),
            attributes,
            segments,
            SegmentGate.UNMEASURED,
            Set.of());
    Set<Basis> bases = EnumSet.noneOf(Basis.class);
    for (Basis basis : List.of(Basis.ONBOARDING, Basis.HISTORY)) {
      if (heldOut
          .measure(segments, users, basis, (user, liked) -> model.byLikes(liked, basis))
          .gate(random)
          .isOpen()) {
        bases.add(basis);
      }
    }
    return bases;
  }

  private static List<String> best(
      Interactions all, Cells cells, List<String> attributes, Set<UserId> users) {
    List<String> best = List.of();
    double highest = -1;
    for (List<String> each : candidates(attributes)) {
      double mean = measure(all, cells, each, users).bySegment();
      if (mean > highest) {
        highest = mean;
        best = each;
      }
    }
    return best;
  }

  /** Every attribute, then every pair. */
  private static List<List<String>> candidates(List<String> attributes) {
    List<List<String>> candidates = new ArrayList<>();
    for (String attribute : attributes) {
      candidates.add(List.of(attribute));
    }
    for (int i = 0; i < attributes.size(); i++) {
      for (int j = i + 1; j < attributes.size(); j++) {
        candidates.add(List.of(attributes.get(i), attributes.get(j)));
      }
    }
    return candidates;
  }

  /** Of those of the users that have the attributes. */
  private static HeldOutRanking measure(
      Interactions all, Cells cells, List<String> attributes, Set<UserId> users) {
    Map<String, Popularity> popularity = new HashMap<>();
    for (Segment segment : cells.of(attributes)) {
      popularity.put(segment.name(), segment.popularity());
    }
    HeldOutRanking ranking = new HeldOutRanking(all, cells.wholeDomain().popularity());
    for (int u = 0; u < all.users().size(); u++) {
      UserId user = all.users().get(u);
      if (users.contains(user)) {
        Optional<String> cell = cells.cellOf(user, attributes);
        if (cell.isPresent()) {
          ranking.add(u, popularity.get(cell.get()), Set.of());
        }
      }
    }
    return ranking;
  }
}
