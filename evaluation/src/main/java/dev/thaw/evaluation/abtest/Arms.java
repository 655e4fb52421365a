package dev.thaw.evaluation.abtest;

import dev.thaw.featuredefinitions.config.ExperimentConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** At least two arms, the control first; no version is in two of them. */
public final class Arms {
  private static final double SHARE_TOLERANCE = 1e-6;

  private final List<Arm> arms;
  private final Map<String, Integer> byVersion = new HashMap<>();

  /**
   * @throws IllegalArgumentException for fewer than two arms, shares that do not add to 1, or a
   *     version of two arms
   */
  public Arms(List<Arm> arms) {
    this.arms = List.copyOf(arms);
    if (arms.size() < 2) {
      throw new IllegalArgumentException(
          "there must be at least 2 arms, were " + arms.stream().map(Arm::name).toList());
    }
    double sum = arms.stream().mapToDouble(Arm::share).sum();
    if (!(Math.abs(sum - 1) <= SHARE_TOLERANCE)) {
      throw new IllegalArgumentException("shares of the arms must add to 1, added to " + sum);
    }
    for (int a = 0; a < arms.size(); a++) {
      for (String version : arms.get(a).versions()) {
        if (byVersion.put(version, a) != null) {
          throw new IllegalArgumentException(
              "a version must be of one arm, " + version + " was of two");
        }
      }
    }
  }

  /**
   * @param named {@code NAME=VERSION} each, a name as often as it has versions; empty: each version
   *     is an arm
   * @param shares by name, of all arms; empty: equal
   * @param control a name; absent: the first one named, or the version with most impressions
   * @param impressions of each version in the log, or configuration of the experiment
   * @throws IllegalArgumentException for what is of no arm, or an arm that served nobody
   */
  public static Arms of(
      List<String> named,
      Map<String, Double> shares,
      Optional<String> control,
      Map<String, Long> impressions) {
    Map<String, Set<String>> versions =
        named.isEmpty() ? byFrequency(impressions) : parsed(named, impressions.keySet());
    List<String> names = new ArrayList<>(versions.keySet());
    control.ifPresent(name -> putFirst(name, names));
    if (!shares.isEmpty() && !shares.keySet().equals(versions.keySet())) {
      throw new IllegalArgumentException(
          "--shares must name the arms " + names + ", named " + new TreeMap<>(shares).keySet());
    }
    if (names.size() < 2) {
      throw new IllegalArgumentException(
          "there must be at least 2 arms, were "
              + names
              + "; the log has the versions "
              + new TreeMap<>(impressions).keySet());
    }
    return new Arms(
        names.stream()
            .map(
                name ->
                    new Arm(
                        name,
                        Objects.requireNonNull(versions.get(name)),
                        shares.getOrDefault(name, 1.0 / names.size())))
            .toList());
  }

  /**
   * The configurations of an experiment in the shares that it was configured with.
   *
   * @param control one of them; absent: the first
   */
  public static Arms of(ExperimentConfig experiment, Optional<String> control) {
    Map<String, Double> shares = new LinkedHashMap<>();
    experiment.configurations().forEach(each -> shares.put(each.name(), each.share()));
    List<String> names = new ArrayList<>(shares.keySet());
    control.ifPresent(name -> putFirst(name, names));
    return new Arms(
        names.stream()
            .map(name -> new Arm(name, Set.of(name), Objects.requireNonNull(shares.get(name))))
            .toList());
  }

  private static void putFirst(String control, List<String> names) {
    known(control, "--control", names);
    names.remove(control);
    names.add(0, control);
  }

  private static Map<String, Set<String>> byFrequency(Map<String, Long> impressions) {
    Map<String, Set<String>> versions = new LinkedHashMap<>();
    impressions.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> versions.put(each.getKey(), Set.of(each.getKey())));
    return versions;
  }

  private static Map<String, Set<String>> parsed(List<String> named, Collection<String> known) {
    Map<String, Set<String>> versions = new LinkedHashMap<>();
    for (String each : named) {
      int equals = each.indexOf('=');
      if (equals < 1 || equals == each.length() - 1) {
        throw new IllegalArgumentException("--arm must be NAME=VERSION, was \"" + each + '"');
      }
      String version = each.substring(equals + 1);
      known(version, "version of --arm " + each.substring(0, equals), known);
      versions.computeIfAbsent(each.substring(0, equals), n -> new LinkedHashSet<>()).add(version);
    }
    return versions;
  }

  private static void known(String name, String what, Collection<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          what + " must be one of " + known.stream().sorted().toList() + ", was \"" + name + '"');
    }
  }

  /** The control first. */
  public List<Arm> all() {
    return arms;
  }

  /** Place in {@link #all}; empty if no arm has that version. */
  public OptionalInt of(String version) {
    Integer arm = byVersion.get(version);
    return arm == null ? OptionalInt.empty() : OptionalInt.of(arm);
  }
}
