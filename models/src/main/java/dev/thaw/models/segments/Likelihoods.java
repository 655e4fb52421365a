package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How likely what is known of a user is in each group: naive Bayes over the groups' shares of
 * users, the values of attributes (with one pseudo user of each value) and the items liked (a
 * group's multinomial is its shrunk popularity). Values and items that no group knows say nothing.
 * Immutable.
 */
final class Likelihoods {
  static final Likelihoods NONE = new Likelihoods(List.of(), List.of(), Set.of());

  private final List<Segment> groups;

  /** By group {@code attribute=value} and its number of users. */
  private final List<Map<String, Integer>> values;

  private final List<Map<String, Integer>> usersWith = new ArrayList<>();
  private final Map<String, Integer> differentValues = new HashMap<>();
  private final Map<ItemId, double[]> logItems = new HashMap<>();
  private final Set<SegmentAssignment.Basis> bases;

  /**
   * @param bases on which users are assigned, see {@link #assign}
   */
  Likelihoods(
      List<Segment> groups, List<Map<String, Integer>> values, Set<SegmentAssignment.Basis> bases) {
    this.bases = Set.copyOf(bases);
    this.groups = List.copyOf(groups);
    this.values = values.stream().map(Map::copyOf).toList();
    Map<String, Boolean> seen = new HashMap<>();
    for (Map<String, Integer> ofGroup : this.values) {
      Map<String, Integer> with = new HashMap<>();
      ofGroup.forEach(
          (pair, users) -> {
            with.merge(attribute(pair), users, Integer::sum);
            if (seen.put(pair, true) == null) {
              differentValues.merge(attribute(pair), 1, Integer::sum);
            }
          });
      usersWith.add(with);
    }
    for (int g = 0; g < groups.size(); g++) {
      double total = 0;
      for (Popularity.Counted each : groups.get(g).popularity().ranked()) {
        total += each.count();
      }
      for (Popularity.Counted each : groups.get(g).popularity().ranked()) {
        logItems.computeIfAbsent(each.item(), item -> new double[groups.size()])[g] =
            Math.log(each.count() / total);
      }
    }
  }

  private static String attribute(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  static String pair(String attribute, String value) {
    return attribute + '=' + value;
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  List<Segment> groups() {
    return groups;
  }

  /** The same groups, with other bases. */
  Likelihoods on(Set<SegmentAssignment.Basis> newBases) {
    return new Likelihoods(groups, values, newBases);
  }

  /**
   * The group of a user; the whole domain where nothing says anything, or not enough, or where the
   * basis was not found to be worth it.
   */
  SegmentAssignment assign(
      Map<String, String> attributes, Collection<ItemId> liked, SegmentAssignment.Basis basis) {
    return uses(basis) ? mostProbable(attributes, liked, basis) : SegmentAssignment.WHOLE_DOMAIN;
  }

  /** As {@link #assign}, on whatever basis. */
  SegmentAssignment mostProbable(
      Map<String, String> attributes, Collection<ItemId> liked, SegmentAssignment.Basis basis) {
    return knows(attributes, liked)
        ? SegmentAssignment.mostProbable(groups, posterior(attributes, liked), basis)
        : SegmentAssignment.WHOLE_DOMAIN;
  }

  /** Whether a user of whom so much is known is assigned to a segment, be it a group or a cell. */
  boolean uses(SegmentAssignment.Basis basis) {
    return bases.contains(basis);
  }

  private boolean knows(Map<String, String> attributes, Collection<ItemId> liked) {
    return attributes.entrySet().stream().anyMatch(each -> isValue(each.getKey(), each.getValue()))
        || liked.stream().anyMatch(logItems::containsKey);
  }

  private boolean isValue(String attribute, String value) {
    String pair = pair(attribute, value);
    return values.stream().anyMatch(ofGroup -> ofGroup.containsKey(pair));
  }

  /**
   * Probabilities of the groups, of length {@code groups}, summing to 1.
   *
   * @param attributes of the user
   * @param liked items
   */
  private double[] posterior(Map<String, String> attributes, Collection<ItemId> liked) {
    double[] logs = new double[groups.size()];
    for (int g = 0; g < logs.length; g++) {
      logs[g] = Math.log(groups.get(g).users());
    }
    attributes.forEach(
        (attribute, value) -> {
          if (isValue(attribute, value)) {
            addValue(attribute, pair(attribute, value), logs);
          }
        });
    for (ItemId item : liked) {
      double[] ofItem = logItems.get(item);
      for (int g = 0; ofItem != null && g < logs.length; g++) {
        logs[g] += ofItem[g];
      }
    }
    return normalised(logs);
  }

  private void addValue(String attribute, String pair, double[] logs) {
    for (int g = 0; g < logs.length; g++) {
      double users = values.get(g).getOrDefault(pair, 0) + 1.0;
      double all =
          usersWith.get(g).getOrDefault(attribute, 0) + differentValues.getOrDefault(attribute, 0);
      logs[g] += Math.log(users / all);
    }
  }

  /** In place: logarithms to probabilities. */
  static double[] normalised(double[] logs) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double each : logs) {
      highest = Math.max(highest, each);
    }
    double sum = 0;
    for (int g = 0; g < logs.length; g++) {
      logs[g] = Math.exp(logs[g] - highest);
      sum += logs[g];
    }
    for (int g = 0; g < logs.length; g++) {
      logs[g] /= sum;
    }
    return logs;
  }

  void write(BinaryWriter out) {
    int bits = 0;
    for (SegmentAssignment.Basis basis : bases) {
      bits |= 1 << basis.ordinal();
    }
    out.writeByte(bits).writeCount(values.size());
    for (Map<String, Integer> ofGroup : values) {
      out.writeCount(ofGroup.size());
      new TreeMap<>(ofGroup).forEach((pair, users) -> out.writeText(pair).writeCount(users));
    }
  }

  /**
   * @param segments of the model, the whole domain first
   */
  static Likelihoods read(BinaryReader in, List<Segment> segments) {
    int bits = in.readByte();
    Set<SegmentAssignment.Basis> bases = EnumSet.noneOf(SegmentAssignment.Basis.class);
    for (SegmentAssignment.Basis basis : SegmentAssignment.Basis.values()) {
      if ((bits >>> basis.ordinal() & 1) != 0) {
        bases.add(basis);
      }
    }
    List<Map<String, Integer>> values = new ArrayList<>();
    for (int left = in.readSize(1); left > 0; left--) {
      Map<String, Integer> ofGroup = new HashMap<>();
      for (int pairs = in.readSize(2); pairs > 0; pairs--) {
        String pair = in.readText();
        if (pair.indexOf('=') < 0) {
          throw in.damaged("attribute value " + pair);
        }
        ofGroup.put(pair, Math.toIntExact(in.readCount()));
      }
      values.add(ofGroup);
    }
    if (values.size() != 0 && values.size() != segments.size() - 1) {
      throw in.damaged(values.size() + " groups of " + (segments.size() - 1) + " segments");
    }
    return values.isEmpty()
        ? NONE.on(bases)
        : new Likelihoods(segments.subList(1, segments.size()), values, bases);
  }
}
