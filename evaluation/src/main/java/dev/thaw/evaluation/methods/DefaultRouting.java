package dev.thaw.evaluation.methods;

import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table of stages and methods that serving follows where nothing is configured. */
public final class DefaultRouting {
  private DefaultRouting() {}

  /**
   * @param methods trained for one experiment; those that are missing are passed over
   */
  public static Hybrid of(List<RankingMethod> methods) {
    Map<Stage, List<RankingMethod>> order = new EnumMap<>(Stage.class);
    RoutingConfig.DEFAULT
        .order()
        .forEach(
            (stage, wanted) -> {
              List<RankingMethod> found = new ArrayList<>();
              wanted.forEach(method -> add(name(method), methods, found));
              // serving blends the two vectors before either route uses one
              if (wanted.contains(Method.CROSS_DOMAIN)) {
                found.replaceAll(method -> blended(method, methods));
              }
              add(MethodNames.SEGMENT_POPULARITY, methods, found);
              order.put(stage, found);
            });
    return new Hybrid("hybrid (default table)", RoutingPolicy.standard(), order);
  }

  private static RankingMethod blended(RankingMethod method, List<RankingMethod> methods) {
    boolean isVector =
        method.name().equals(MethodNames.FACTORS) || method.name().equals(MethodNames.CROSS_DOMAIN);
    return methods.stream()
        .filter(each -> isVector && each.name().equals(MethodNames.BLENDED))
        .findFirst()
        .orElse(method);
  }

  private static void add(String name, List<RankingMethod> from, List<RankingMethod> to) {
    from.stream().filter(each -> each.name().equals(name)).forEach(to::add);
  }

  private static String name(Method method) {
    return switch (method) {
      case FACTORS -> MethodNames.FACTORS;
      case CROSS_DOMAIN -> MethodNames.CROSS_DOMAIN;
      case CONTENT -> MethodNames.CONTENT;
      case POPULARITY -> MethodNames.SEGMENT_POPULARITY;
    };
  }
}
