package dev.thaw.models.routing;

import dev.thaw.models.routing.RoutePlan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which methods may answer, in which order: the table of stages against methods, with the inputs
 * each method needs. A method whose inputs are missing or not trusted stays in the plan, with the
 * reason why it was passed over; popularity is always last and always usable. Pure, O(methods).
 * Immutable and thread-safe.
 */
public final class RoutingPolicy {
  private static final String NO_LIKES = "no liked item that the active model knows";

  private final RoutingConfig config;

  public RoutingPolicy(RoutingConfig config) {
    this.config = config;
  }

  public static RoutingPolicy standard() {
    return new RoutingPolicy(RoutingConfig.DEFAULT);
  }

  /** The stage of a user with so many distinct items in the domain. */
  public Stage stage(long interactions) {
    if (interactions < 0) {
      throw new IllegalArgumentException("interactions must be >= 0, was " + interactions);
    }
    if (interactions == 0) {
      return Stage.NONE;
    }
    if (interactions < config.someFrom()) {
      return Stage.FEW;
    }
    return interactions < config.manyFrom() ? Stage.SOME : Stage.MANY;
  }

  /** Leading slots the bandit decides at this stage. */
  public int banditSlots(Stage stage) {
    return config.slotsAt(stage);
  }

  /** The methods for this user in the configured order, most preferred first. */
  public RoutePlan plan(UserKnowledge user) {
    return plan(user, null);
  }

  /**
   * The methods for this user, most preferred first.
   *
   * @param learned what ranked best for users of the domain, null where nothing was learned; what
   *     it has no cell for is ordered as configured, and so are users who are known by onboarding
   *     answers and a stage whose order is not the default: it was asked for
   */
  public RoutePlan plan(UserKnowledge user, @Nullable RoutingTable learned) {
    return learned == null || hasAnswers(user) || !config.isDefaultAt(stage(user.interactions()))
        ? plan(user, configured(user), "")
        : learned
            .cell(user.interactions(), isMapped(user))
            .map(cell -> plan(user, cell.order(configured(user)), cell.why()))
            .orElseGet(() -> plan(user));
  }

  /** The same with another method before all those that are configured. */
  public RoutePlan planPreferring(Method method, UserKnowledge user) {
    return plan(user, RoutingConfig.first(method, configured(user)), "");
  }

  private List<Method> configured(UserKnowledge user) {
    Stage stage = stage(user.interactions());
    return isKnown(user) && fusesPlace(user)
        ? config.methodsOfPlacedAt(stage)
        : config.methodsAt(stage);
  }

  /** See {@link RoutingConfig}. */
  private boolean isKnown(UserKnowledge user) {
    return user.interactions() >= config.someFrom()
        || user.knownLikes() >= (user.answers() > 0 ? 1 : RoutingConfig.LIKES_TO_FUSE);
  }

  private RoutePlan plan(UserKnowledge user, List<Method> order, String whyFirst) {
    List<Step> steps = new ArrayList<>();
    for (Method method : order) {
      if (method == Method.POPULARITY) {
        break;
      }
      steps.add(consider(method, user));
    }
    steps.add(popularity(user));
    if (!whyFirst.isEmpty()) {
      Step first = steps.get(0);
      String reason = first.reason() + "; " + whyFirst;
      steps.set(0, new Step(first.method(), first.usable(), reason));
    }
    return new RoutePlan(stage(user.interactions()), steps);
  }

  /** Onboarding answers are known items without being interactions: no such user was measured. */
  private static boolean hasAnswers(UserKnowledge user) {
    return user.answers() > 0 || user.knownLikes() > user.interactions();
  }

  /** Whether there is a mapped vector that is trusted. */
  public boolean isMapped(UserKnowledge user) {
    return isUsable(Method.CROSS_DOMAIN, user);
  }

  /** Whether the inputs of the method are there and trusted. */
  public boolean isUsable(Method method, UserKnowledge user) {
    return consider(method, user).usable();
  }

  /**
   * Whether what is fused with the likes is ranked by the place in the space of a bridge: the same
   * source history is asked for as where the bridge ranks alone.
   */
  public boolean fusesPlace(UserKnowledge user) {
    return user.mapped() != null && user.mapped().placed() && isMapped(user);
  }

  private Step consider(Method method, UserKnowledge user) {
    return switch (method) {
      case ITEM_TO_ITEM -> itemToItem(user);
      case FACTORS -> factors(user);
      case FUSED -> fused(user);
      case META_LEARNED -> metaLearned(user);
      case SEQUENTIAL -> sequential(user);
      case CROSS_DOMAIN -> crossDomain(user);
      case CONTENT -> content(user);
      case POPULARITY -> popularity(user);
    };
  }

  private static Step itemToItem(UserKnowledge user) {
    if (user.answers() > 0) {
      return yes(
          Method.ITEM_TO_ITEM,
          "liked by who answers alike: "
              + count(user.answers(), "onboarding answer")
              + ", "
              + count(user.knownLikes(), "liked item"));
    }
    return user.knownLikes() == 0
        ? no(Method.ITEM_TO_ITEM, NO_LIKES)
        : yes(Method.ITEM_TO_ITEM, "liked together with " + count(user.knownLikes(), "liked item"));
  }

  private Step factors(UserKnowledge user) {
    UserKnowledge.Folded folded = user.folded();
    if (folded == null) {
      return no(Method.FACTORS, "no factor vector of the active model for this user");
    }
    List<String> from = foldedFrom(user, folded);
    UserKnowledge.Mapped mapped = user.mapped();
    if (mapped != null && mapped.bridgeEnabled()) {
      from.add("from " + mapped.source());
    }
    return yes(Method.FACTORS, "factor vector from " + String.join(" and ", from));
  }

  private Step fused(UserKnowledge user) {
    Step together = itemToItem(user);
    Step vector = besideLikes(user);
    if (!together.usable() || user.knownLikes() == 0) {
      return no(Method.FUSED, NO_LIKES);
    }
    return vector.usable()
        ? yes(Method.FUSED, together.reason() + ", and " + vector.reason())
        : no(Method.FUSED, vector.reason());
  }

  /** What is fused with what is liked together. */
  private Step besideLikes(UserKnowledge user) {
    UserKnowledge.Mapped mapped = user.mapped();
    if (mapped != null && fusesPlace(user)) {
      return yes(
          Method.FUSED,
          "what "
              + count(mapped.sourceInteractions(), "interaction")
              + " in "
              + mapped.source()
              + " say");
    }
    return user.folded() == null ? crossDomain(user) : factors(user);
  }

  private List<String> foldedFrom(UserKnowledge user, UserKnowledge.Folded folded) {
    List<String> from = new ArrayList<>();
    if (folded.interactions() > 0) {
      from.add(count(folded.interactions(), "interaction") + " in the domain");
    }
    if (user.onboardingAnswers() > 0 && stage(user.interactions()) != Stage.MANY) {
      from.add(count(user.onboardingAnswers(), "onboarding answer"));
    }
    return from;
  }

  private static Step metaLearned(UserKnowledge user) {
    UserKnowledge.Adapted adapted = user.adapted();
    if (adapted == null) {
      return no(Method.META_LEARNED, "no meta-learned model was adapted to this user");
    }
    if (!adapted.fits()) {
      return no(
          Method.META_LEARNED,
          "layers of model "
              + adapted.version()
              + (adapted.active() == null
                  ? ", but none serves"
                  : ", but " + adapted.active() + " serves"));
    }
    return yes(
        Method.META_LEARNED,
        "meta-learned model adapted to " + count(adapted.interactions(), "interaction"));
  }

  private static Step sequential(UserKnowledge user) {
    return user.inSequence() == 0
        ? no(Method.SEQUENTIAL, "no liked item that a sequential model knows")
        : yes(
            Method.SEQUENTIAL,
            "liked next after the " + count(user.inSequence(), "newest liked item"));
  }

  private Step crossDomain(UserKnowledge user) {
    UserKnowledge.Mapped mapped = user.mapped();
    if (mapped == null) {
      return no(Method.CROSS_DOMAIN, "no vector mapped from another domain");
    }
    String from = "mapped from " + mapped.source();
    if (!mapped.bridgeEnabled()) {
      return no(
          Method.CROSS_DOMAIN, from + ", but that bridge did not pass its negative-transfer gate");
    }
    if (mapped.sourceInteractions() < config.minSourceInteractions()) {
      return no(
          Method.CROSS_DOMAIN,
          from
              + ", but from "
              + count(mapped.sourceInteractions(), "interaction")
              + ", fewer than "
              + config.minSourceInteractions());
    }
    if (mapped.confidence() < config.minConfidence()) {
      return no(
          Method.CROSS_DOMAIN,
          from
              + ", but with confidence "
              + mapped.confidence()
              + ", below "
              + config.minConfidence());
    }
    return yes(
        Method.CROSS_DOMAIN,
        "vector "
            + from
            + " by "
            + count(mapped.sourceInteractions(), "interaction")
            + " there"
            + (user.folded() == null
                ? ""
                : ", with " + String.join(" and ", foldedFrom(user, user.folded()))));
  }

  private static Step content(UserKnowledge user) {
    if (user.tasteItems() == 0 && user.onboardingAnswers() == 0) {
      return no(Method.CONTENT, "no liked item and no onboarding answer with content");
    }
    List<String> from = new ArrayList<>();
    if (user.tasteItems() > 0) {
      from.add(count(user.tasteItems(), "liked item"));
    }
    if (user.onboardingAnswers() > 0) {
      from.add(count(user.onboardingAnswers(), "onboarding answer"));
    }
    return yes(Method.CONTENT, "content near " + String.join(" and ", from));
  }

  private static Step popularity(UserKnowledge user) {
    String segment = user.segment();
    return yes(
        Method.POPULARITY,
        segment == null
            ? "popular in the whole domain, as no segment could be inferred"
            : "popular in segment " + segment);
  }

  private static Step yes(Method method, String reason) {
    return new Step(method, true, reason);
  }

  private static Step no(Method method, String reason) {
    return new Step(method, false, reason);
  }

  private static String count(long number, String of) {
    return number + " " + of + (number == 1 ? "" : "s");
  }
}
