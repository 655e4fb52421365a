package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.segments.SegmentAssignment.Basis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures an assignment to segments on held-out users by what may be known of their likes:
 * nothing; what they like of the {@value #QUESTIONS} items most liked, as if they had answered
 * onboarding questions; or their first {@value #FIRST} likes. What is known is neither ranked nor
 * counted.
 */
final class HeldOutLikes {
  private static final int QUESTIONS = 10;
  private static final int FIRST = 3;

  private final Interactions all;
  private final Popularity domain;
  private final List<ItemId> questions;

  /**
   * @param training without the held-out users
   */
  HeldOutLikes(Interactions all, Interactions training) {
    this.all = all;
    this.domain = Popularity.of(training);
    this.questions =
        domain.ranked().stream().limit(QUESTIONS).map(Popularity.Counted::item).toList();
  }

  /** The rule that is measured. */
  @FunctionalInterface
  interface Assignment {
    SegmentAssignment of(UserId user, List<ItemId> liked);
  }

  /**
   * @param segments of the training users, with or without the whole domain
   * @param basis what is known; no likes by attributes alone
   */
  HeldOutRanking measure(
      List<Segment> segments, Set<UserId> users, Basis basis, Assignment assignment) {
    Map<String, Popularity> popularity = new HashMap<>();
    segments.forEach(each -> popularity.put(each.name(), each.popularity()));
    HeldOutRanking ranking = new HeldOutRanking(all, domain);
    for (int u = 0; u < all.users().size(); u++) {
      UserId user = all.users().get(u);
      if (users.contains(user)) {
        List<ItemId> liked = liked(u, basis);
        SegmentAssignment assigned = assignment.of(user, liked);
        ranking.add(
            u,
            assigned.isWholeDomain() ? null : popularity.get(assigned.segment()),
            new HashSet<>(basis == Basis.ONBOARDING ? questions : liked));
      }
    }
    return ranking;
  }

  private List<ItemId> liked(int user, Basis basis) {
    List<ItemId> items =
        new ArrayList<>(all.history(user).entries().stream().map(History.Entry::item).toList());
    return switch (basis) {
      case ONBOARDING -> items.stream().filter(questions::contains).toList();
      case HISTORY -> items.subList(Math.max(0, items.size() - FIRST), items.size());
      case ATTRIBUTES, NOTHING -> List.of();
    };
  }
}
