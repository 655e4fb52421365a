package dev.thaw.models.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * The methods that may answer, in order of preference. The last one is always popularity and always
 * usable, so that there is always an answer. Serving walks it:
 *
 * <pre>
 * for (int step = plan.next(0); ; step = plan.next(step + 1)) {
 *   answer = run(plan.steps().get(step).method());
 *   if (answered) return plan.taken(step);
 *   plan = plan.failed(step, "vector index open");
 * }
 * </pre>
 */
public record RoutePlan(Stage stage, List<Step> steps) {
  public RoutePlan {
    steps = List.copyOf(steps);
    if (steps.isEmpty()
        || steps.get(steps.size() - 1).method() != Method.POPULARITY
        || !steps.get(steps.size() - 1).usable()) {
      throw new IllegalArgumentException("the last step must be usable popularity, were " + steps);
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
   * @param fallbacks the methods passed over or failed before it, in order, each with its reason
   */
  public record Taken(Stage stage, Method method, String reason, List<Step> fallbacks) {
    public Taken {
      fallbacks = List.copyOf(fallbacks);
    }
  }

  /**
   * Index of the first usable step at or after {@code from}.
   *
   * @throws IllegalArgumentException if {@code from} is past the last step
   */
  public int next(int from) {
    for (int i = from; i < steps.size(); i++) {
      if (steps.get(i).usable()) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "step must be in [0, " + (steps.size() - 1) + "], was " + from);
  }

  /**
   * This plan after a step failed at run time, such as when the vector index is down.
   *
   * @throws IllegalArgumentException for the last step: popularity is in memory and never fails
   */
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
