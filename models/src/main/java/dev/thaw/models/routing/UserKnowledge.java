package dev.thaw.models.routing;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user when a request for one domain arrives; the only input of routing.
 *
 * @param interactions distinct items in the domain; decides the stage
 * @param folded the user's own factor vector, if one of the active model exists
 * @param mapped the vector mapped from another domain, if one of the active model exists
 * @param tasteItems positive items in the domain with a content vector
 * @param knownLikes liked items, onboarding answers included, that the active item-to-item model
 *     was trained on
 * @param onboardingAnswers items liked in onboarding, in this domain, with a content vector
 * @param segment the user's segment, null if none could be inferred
 * @param adapted layers of a meta-learned model that were adapted to the user, if there are any
 * @param inSequence newest likes, onboarding answers included, that the active sequential model
 *     looks at; 0 where there is no such model
 * @param answers onboarding answers that the active item-to-item model ranks by, whatever they say;
 *     0 where it ranks by likes alone
 */
public record UserKnowledge(
    long interactions,
    @Nullable Folded folded,
    @Nullable Mapped mapped,
    int knownLikes,
    int tasteItems,
    int onboardingAnswers,
    @Nullable String segment,
    @Nullable Adapted adapted,
    int inSequence,
    int answers) {

  public static final UserKnowledge NOTHING = new UserKnowledge(0, null, null, 0, 0, 0, null);

  /** Where there is no meta-learned and no sequential model, and answers are ranked as likes. */
  public UserKnowledge(
      long interactions,
      @Nullable Folded folded,
      @Nullable Mapped mapped,
      int knownLikes,
      int tasteItems,
      int onboardingAnswers,
      @Nullable String segment) {
    this(
        interactions,
        folded,
        mapped,
        knownLikes,
        tasteItems,
        onboardingAnswers,
        segment,
        null,
        0,
        0);
  }

  public UserKnowledge {
    if (interactions < 0
        || knownLikes < 0
        || tasteItems < 0
        || onboardingAnswers < 0
        || inSequence < 0
        || answers < 0) {
      throw new IllegalArgumentException(
          "counts must be >= 0, were interactions "
              + interactions
              + ", knownLikes "
              + knownLikes
              + ", tasteItems "
              + tasteItems
              + ", onboardingAnswers "
              + onboardingAnswers
              + ", inSequence "
              + inSequence
              + ", answers "
              + answers);
    }
  }

  /**
   * @param interactions the vector was folded in from
   */
  public record Folded(long interactions) {}

  /**
   * @param interactions the layers were adapted to
   * @param version of the model they are of
   * @param active version of the model that serves, null where none does
   */
  public record Adapted(long interactions, String version, @Nullable String active) {
    boolean fits() {
      return version.equals(active);
    }
  }

  /**
   * @param source where the vector was mapped from
   * @param sourceInteractions length of the history there
   * @param bridgeEnabled whether the pair passed its negative-transfer gate
   * @param confidence in [0, 1]; how much the mapped vector is trusted for this user
   * @param placed whether the user has a place in the ranking space of the bridge
   */
  public record Mapped(
      DomainId source,
      long sourceInteractions,
      boolean bridgeEnabled,
      double confidence,
      boolean placed) {
    /** Source interactions at which a mapped vector is trusted half. */
    private static final double HALF_TRUST = 10;

    public Mapped {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence must be in [0, 1], was " + confidence);
      }
    }

    /** By a bridge that ranks by the factors. */
    public Mapped(
        DomainId source, long sourceInteractions, boolean bridgeEnabled, double confidence) {
      this(source, sourceInteractions, bridgeEnabled, confidence, false);
    }

    /** Trust in a mapped vector, in [0, 1): grows with the history it was mapped from. */
    public static double confidenceOf(long sourceInteractions) {
      return sourceInteractions / (sourceInteractions + HALF_TRUST);
    }
  }
}
