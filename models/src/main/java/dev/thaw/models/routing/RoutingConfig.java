package dev.thaw.models.routing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * @param someFrom interactions from which stage {@code 3-19} begins
 * @param manyFrom interactions from which stage {@code 20+} begins
 * @param minConfidence a mapped vector trusted less than this is not used, in [0, 1]
 * @param minSourceInteractions shortest source history a mapped vector is used with
 * @param order methods by stage, most preferred first; popularity is added at the end if absent
 * @param banditSlots leading slots the bandit decides, by stage
 */
public record RoutingConfig(
    long someFrom,
    long manyFrom,
    double minConfidence,
    long minSourceInteractions,
    Map<Stage, List<Method>> order,
    Map<Stage, Integer> banditSlots) {

  public static final RoutingConfig DEFAULT =
      new RoutingConfig(
          3,
          20,
          0.1,
          3,
          Map.of(
              Stage.NONE,
              List.of(Method.CROSS_DOMAIN, Method.CONTENT, Method.POPULARITY),
              Stage.FEW,
              List.of(Method.CROSS_DOMAIN, Method.CONTENT, Method.POPULARITY),
              Stage.SOME,
              List.of(Method.FACTORS, Method.CROSS_DOMAIN, Method.CONTENT, Method.POPULARITY),
              Stage.MANY,
              List.of(Method.FACTORS, Method.CONTENT, Method.POPULARITY)),
          Map.of(Stage.NONE, 2, Stage.FEW, 2, Stage.SOME, 1, Stage.MANY, 1));

  public RoutingConfig {
    if (someFrom < 2 || manyFrom <= someFrom) {
      throw new IllegalArgumentException(
          "stages need 2 <= someFrom < manyFrom, were " + someFrom + " and " + manyFrom);
    }
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException("minConfidence must be in [0, 1], was " + minConfidence);
    }
    for (Stage stage : Stage.values()) {
      if (!order.containsKey(stage) || !banditSlots.containsKey(stage)) {
        throw new IllegalArgumentException("routing of stage " + stage.label() + " is missing");
      }
    }
    banditSlots.forEach(
        (stage, slots) -> {
          if (slots < 0 || slots > 2) {
            throw new IllegalArgumentException(
                "bandit slots of stage " + stage.label() + " must be in [0, 2], were " + slots);
          }
        });
    order = Map.copyOf(new EnumMap<>(order));
    banditSlots = Map.copyOf(banditSlots);
  }
}
