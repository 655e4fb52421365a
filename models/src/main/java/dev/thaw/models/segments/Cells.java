package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Counts the interactions of each cell of some attributes, and shrinks a cell's popularity towards
 * the domain's: {@code c_cell(i) + m c(i) / n}, as if {@code m} users of the domain at large were
 * in the cell.
 */
final class Cells {
  /** Cells with fewer warm users are thin: their users belong to the whole domain. */
  static final int MIN_USERS = 30;

  /** {@code m}: a shrunk count is one of the cell's users and of so many more. */
  static final double PSEUDO_USERS = 100;

  private final Interactions interactions;
  private final Map<UserId, UserProfile> profiles;
  private final int[] domainCounts;
  private final int domainUsers;

  Cells(Interactions interactions, Map<UserId, UserProfile> profiles) {
    this.interactions = interactions;
    this.profiles = profiles;
    this.domainCounts = new int[interactions.items().size()];
    int users = 0;
    for (int u = 0; u < interactions.users().size(); u++) {
      users += interactions.rowLength(u) > 0 ? 1 : 0;
      count(u, domainCounts);
    }
    this.domainUsers = users;
  }

  private long count(int user, int[] counts) {
    int end = interactions.rowStart(user) + interactions.rowLength(user);
    for (int at = interactions.rowStart(user); at < end; at++) {
      counts[interactions.rowItem(at)]++;
    }
    return interactions.rowLength(user);
  }

  Segment wholeDomain() {
    return new Segment(
        Segment.WHOLE_DOMAIN, domainUsers, interactions.size(), Popularity.of(interactions));
  }

  Optional<String> cellOf(UserId user, List<String> attributes) {
    UserProfile profile = profiles.get(user);
    return profile == null ? Optional.empty() : SegmentModel.cell(attributes, profile.attributes());
  }

  /** The cells that are not thin, by name. */
  List<Segment> of(List<String> attributes) {
    return of(user -> cellOf(interactions.users().get(user), attributes));
  }

  /**
   * The cells that are not thin, by name.
   *
   * @param cell of a user by number, empty if in none
   */
  List<Segment> of(IntFunction<Optional<String>> cell) {
    Map<String, Count> cells = new TreeMap<>();
    for (int u = 0; u < interactions.users().size(); u++) {
      int user = u;
      if (interactions.rowLength(u) > 0) {
        cell.apply(u)
            .ifPresent(
                name -> cells.computeIfAbsent(name, n -> new Count(domainCounts.length)).add(user));
      }
    }
    List<Segment> segments = new ArrayList<>();
    cells.forEach(
        (name, count) -> {
          if (count.users >= MIN_USERS) {
            segments.add(new Segment(name, count.users, count.interactions, shrunk(count)));
          }
        });
    return segments;
  }

  private final class Count {
    final int[] items;
    int users;
    long interactions;

    Count(int size) {
      items = new int[size];
    }

    void add(int user) {
      users++;
      interactions += count(user, items);
    }
  }

  private Popularity shrunk(Count cell) {
    double weight = PSEUDO_USERS / Math.max(1, domainUsers);
    List<Popularity.Counted> ranked = new ArrayList<>();
    for (int i = 0; i < domainCounts.length; i++) {
      double count = cell.items[i] + weight * domainCounts[i];
      if (count > 0) {
        ranked.add(new Popularity.Counted(interactions.items().get(i), count));
      }
    }
    ranked.sort(
        Comparator.comparingDouble(Popularity.Counted::count)
            .reversed()
            .thenComparing(Popularity.Counted::item));
    return new Popularity(interactions.domain(), ranked);
  }
}
