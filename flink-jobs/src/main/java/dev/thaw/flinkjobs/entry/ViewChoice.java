package dev.thaw.flinkjobs.entry;

import java.util.List;

/**
 * Which of its views a job computes. Those that are chosen alone have a job of their own, which
 * reads the topics from their start while all others go on in theirs.
 *
 * @param only those named; all if empty
 * @param without all but those named
 */
public record ViewChoice(List<String> only, List<String> without) {
  public static final ViewChoice ALL = new ViewChoice(List.of(), List.of());

  public ViewChoice {
    only = only.stream().distinct().sorted().toList();
    without = List.copyOf(without);
    if (!only.isEmpty() && !without.isEmpty()) {
      throw new IllegalArgumentException(
          "--views and --without must not be given together, were " + only + " and " + without);
    }
  }

  public static ViewChoice only(String... views) {
    return new ViewChoice(List.of(views), List.of());
  }

  public static ViewChoice without(String... views) {
    return new ViewChoice(List.of(), List.of(views));
  }

  /** Checkpoints, consumer groups and transactions are found by it; no view has a dot. */
  String jobName(String job) {
    return only.isEmpty() ? job : job + "." + String.join(".", only);
  }

  /**
   * In the order given.
   *
   * @throws IllegalArgumentException if one is chosen that isn't there, or none is left
   */
  List<String> among(List<String> views) {
    require("--views", only, views);
    require("--without", without, views);
    List<String> left =
        views.stream()
            .filter(view -> only.isEmpty() || only.contains(view))
            .filter(view -> !without.contains(view))
            .toList();
    if (left.isEmpty()) {
      throw new IllegalArgumentException("--without must leave one of " + views + ", left none");
    }
    return left;
  }

  private static void require(String option, List<String> chosen, List<String> views) {
    for (String view : chosen) {
      if (!views.contains(view)) {
        throw new IllegalArgumentException(
            option + " must be among " + views + ", was \"" + view + '"');
      }
    }
  }
}
