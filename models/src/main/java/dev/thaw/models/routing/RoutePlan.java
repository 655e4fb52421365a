package dev.thaw.models.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * The methods that may answer, in order of preference. The last one is always popularity and always
 * usable.
 */
public record RoutePlan(Stage stage, List<Step> steps) {
  public RoutePlan {
    steps = List.copyOf(steps);
    Step last = steps.get(steps.size() - 1);
    if (last.method() != Method.POPULARITY || !last.usable()) {
      throw new IllegalArgumentException("the last step must be usable popularity, was " + last);
    }
  }

  /**
   * @param usable whether its inputs are there and trusted
   * @param reason for people: why it is usable, or why not
   */
  public record Step(Method method, boolean usable, String reason) {}

  /**
   * The route of an answer.
   *
   * @param reason why this method answered
   * @param fallbacks the methods tried or passed over before it, in order, each with its reason
   */
  public record Taken(Stage stage, Method method, String reason, List<Step> fallbacks) {
    public Taken {
      fallbacks = List.copyOf(fallbacks);
    }
  }

  /** The first usable step at or after {@code from}. */
  public int next(int from) {
    for (int i = from; i < steps.size(); i++) {
      if (steps.get(i).usable()) {
        return i;
      }
    }
    throw new IllegalArgumentException("no step at or after " + from + " of " + steps.size());
  }

  /** This plan after a usable step failed at run time, such as when the vector index is down. */
  public RoutePlan failed(int step, String reason) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(step, new Step(steps.get(step).method(), false, reason));
    return new RoutePlan(stage, changed);
  }

  /** The route if the step at this index answers. */
  public Taken taken(int step) {
    Step by = steps.get(step);
    return new Taken(stage, by.method(), by.reason(), steps.subList(0, step));
  }
}
