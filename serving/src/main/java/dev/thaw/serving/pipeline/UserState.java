package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.models.history.History;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.routing.UserKnowledge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the stores say of a user when a request for one domain arrives.
 *
 * @param told the history with what was liked in onboarding, as the oldest likes, and what was
 *     liked so recently that the stream has not seen it, as the newest
 * @param knownLikes likes told that the active item-to-item model knows
 * @param recent items accepted lately, whether the stream has seen them or not
 * @param unseen those of them that are not in the history yet
 * @param unseenLikes those of the unseen that the user likes, newest first
 * @param folded vector of the active factor model, from the user's own history
 * @param mapped vector of the active factor model, from another domain
 * @param attributes of the profile, and the request's context where the profile is silent
 * @param answers all of the domain that were given in onboarding
 * @param knownAnswers those that the active item-to-item model ranks by, whatever they say
 * @param taste mean content vector of liked items, of the active content space
 * @param segment null if none can be inferred
 * @param adapted layers of a meta-learned model, null where none were adapted
 * @param inSequence likes told that the active sequential model looks at
 */
record UserState(
    History history,
    History told,
    int knownLikes,
    Set<ItemId> recent,
    Set<ItemId> unseen,
    List<ItemId> unseenLikes,
    @Nullable UserVector folded,
    @Nullable MappedVector mapped,
    Map<String, String> attributes,
    List<OnboardingAnswer> answers,
    int knownAnswers,
    float @Nullable [] taste,
    @Nullable String segment,
    @Nullable Adapted adapted,
    int inSequence) {

  /** A user's side of a factor model. The array is not copied and must not be changed. */
  @SuppressWarnings("ArrayRecordComponent")
  record UserVector(float[] vector, double bias, long interactions) {
    UserVector of(long newInteractions) {
      return new UserVector(vector, bias, newInteractions);
    }
  }

  /**
   * A vector mapped from another domain. The array is not copied and must not be changed.
   *
   * @param place in the ranking space of the active bridge, null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent")
  record MappedVector(
      UserVector vector,
      float @Nullable [] place,
      DomainId source,
      boolean bridgeEnabled,
      double confidence) {
    MappedVector with(UserVector newVector) {
      return new MappedVector(
          newVector.of(vector.interactions()), place, source, bridgeEnabled, confidence);
    }
  }

  /**
   * @param layers null where they are of another model than the one that serves
   */
  record Adapted(@Nullable AdaptedLayers layers, UserKnowledge.Adapted known) {}

  static UserState unknown(
      Map<String, String> context,
      History told,
      int knownLikes,
      int inSequence,
      Set<ItemId> recent,
      List<ItemId> recentLikes) {
    return new UserState(
        History.EMPTY,
        told,
        knownLikes,
        recent,
        recent,
        recentLikes,
        null,
        null,
        context,
        List.of(),
        0,
        null,
        null,
        null,
        inSequence);
  }

  /** Items of the domain the user said yes to. */
  List<ItemId> onboardingLikes() {
    return answers.stream().filter(OnboardingAnswer::liked).map(OnboardingAnswer::itemId).toList();
  }

  /** Distinct items interacted with in the domain, those the stream has not seen yet included. */
  long interactions() {
    return history.interactions() + unseen.size();
  }

  UserKnowledge knowledge() {
    return new UserKnowledge(
        interactions(),
        folded == null ? null : new UserKnowledge.Folded(folded.interactions()),
        mapped == null
            ? null
            : new UserKnowledge.Mapped(
                mapped.source(),
                mapped.vector().interactions(),
                mapped.bridgeEnabled(),
                mapped.confidence(),
                mapped.place() != null),
        knownLikes,
        (taste == null ? 0 : Math.max(1, history.entries().size())) + unseenLikes.size(),
        onboardingLikes().size(),
        segment,
        adapted == null ? null : adapted.known(),
        inSequence,
        knownAnswers);
  }
}
