package dev.thaw.models.routing;

import dev.thaw.featuredefinitions.config.MethodsConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The routing table. The default has, in the place of the meta-learned model adapted to the user
 * and of sequential models, what is liked together with the user's likes, and before content with 1
 * or 2 interactions, too: measured on MovieLens and Amazon it ranks better than factors at every
 * number of interactions, and content neighbours of one or two items lose to popularity. For few
 * interactions a vector mapped from another domain and blended with the user's own comes before it.
 * Users who have a place in the ranking space of a bridge get it and their likes at once ({@link
 * Method#FUSED}) first from two known likes, one where answers rank by themselves, or {@code
 * someFrom} interactions on, wherever the methods of their stage are the default: of one like alone
 * the blended vector says more.
 *
 * @param someFrom interactions from which stage {@code 3-19} begins, at least 2
 * @param manyFrom interactions from which stage {@code 20+} begins
 * @param minConfidence a mapped vector trusted less than this is not used, in [0, 1]
 * @param minSourceInteractions shortest source history a mapped vector is used with
 * @param order methods by stage, most preferred first; popularity comes last whether named or not
 * @param banditSlots leading slots the bandit decides, by stage, 0 to 2
 */
public record RoutingConfig(
    long someFrom,
    long manyFrom,
    double minConfidence,
    long minSourceInteractions,
    Map<Stage, List<Method>> order,
    Map<Stage, Integer> banditSlots) {

  /** Known likes, before stage {@code 3-19}, that rank together with a place in a bridge. */
  public static final int LIKES_TO_FUSE = 2;

  public static final RoutingConfig DEFAULT =
      new RoutingConfig(
          3,
          20,
          0.1,
          3,
          Map.of(
              Stage.NONE,
                  List.of(Method.CROSS_DOMAIN, Method.ITEM_TO_ITEM, Method.FACTORS, Method.CONTENT),
              Stage.FEW,
                  List.of(Method.CROSS_DOMAIN, Method.ITEM_TO_ITEM, Method.FACTORS, Method.CONTENT),
              Stage.SOME,
                  List.of(Method.ITEM_TO_ITEM, Method.FACTORS, Method.CROSS_DOMAIN, Method.CONTENT),
              Stage.MANY, List.of(Method.ITEM_TO_ITEM, Method.FACTORS, Method.CONTENT)),
          Map.of(Stage.NONE, 2, Stage.FEW, 2, Stage.SOME, 1, Stage.MANY, 1));

  public RoutingConfig {
    if (someFrom < 2 || manyFrom <= someFrom) {
      throw new IllegalArgumentException(
          "stages need 2 <= someFrom < manyFrom, were " + someFrom + " and " + manyFrom);
    }
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException("minConfidence must be in [0, 1], was " + minConfidence);
    }
    order = Map.copyOf(order);
    banditSlots = Map.copyOf(banditSlots);
    for (Stage stage : Stage.values()) {
      List<Method> methods = order.get(stage);
      Integer slots = banditSlots.get(stage);
      if (methods == null || slots == null) {
        throw new IllegalArgumentException("routing of stage " + stage.label() + " is missing");
      }
      if (methods.stream().distinct().count() != methods.size()) {
        throw new IllegalArgumentException(
            "methods of stage " + stage.label() + " must differ, were " + methods);
      }
      if (slots < 0 || slots > 2) {
        throw new IllegalArgumentException(
            "bandit slots of stage " + stage.label() + " must be in [0, 2], were " + slots);
      }
    }
  }

  /**
   * This table with the methods of some stages replaced by name.
   *
   * @throws IllegalArgumentException of a name of no method or stage
   */
  public RoutingConfig with(MethodsConfig asked) {
    Map<Stage, List<Method>> changed = new EnumMap<>(order);
    asked
        .order()
        .forEach(
            (stage, methods) ->
                changed.put(Stage.of(stage), methods.stream().map(Method::of).toList()));
    return new RoutingConfig(
        someFrom, manyFrom, minConfidence, minSourceInteractions, changed, banditSlots);
  }

  /** Whether any stage has the method. */
  public boolean uses(Method method) {
    return order.values().stream().anyMatch(methods -> methods.contains(method));
  }

  boolean isDefaultAt(Stage stage) {
    return methodsAt(stage).equals(DEFAULT.methodsAt(stage));
  }

  List<Method> methodsAt(Stage stage) {
    return order.getOrDefault(stage, List.of());
  }

  /** Of users with a place in the ranking space of a bridge of whom enough is known. */
  public List<Method> methodsOfPlacedAt(Stage stage) {
    return isDefaultAt(stage) ? first(Method.FUSED, methodsAt(stage)) : methodsAt(stage);
  }

  /** An order with a method before all others. */
  static List<Method> first(Method method, List<Method> order) {
    List<Method> changed = new ArrayList<>(List.of(method));
    order.stream().filter(each -> each != method).forEach(changed::add);
    return changed;
  }

  int slotsAt(Stage stage) {
    return banditSlots.getOrDefault(stage, 0);
  }
}
