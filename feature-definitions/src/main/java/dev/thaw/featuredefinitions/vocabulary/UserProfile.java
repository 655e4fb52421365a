package dev.thaw.featuredefinitions.vocabulary;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a user told us or what came with the sign-up, apart from any interaction.
 *
 * @param attributes such as {@code age_band -> 25-34, region -> eu, device -> phone, campaign -> x}
 * @param onboarding answers to onboarding questions, in the order given
 * @param time when this version of the profile was made; newer versions replace older ones
 */
public record UserProfile(
    UserId userId,
    Map<String, String> attributes,
    List<OnboardingAnswer> onboarding,
    Instant time) {

  public UserProfile {
    attributes = Map.copyOf(attributes);
    onboarding = List.copyOf(onboarding);
  }

  /** Of a user who said nothing. */
  public static UserProfile empty(UserId userId) {
    return new UserProfile(userId, Map.of(), List.of(), Instant.EPOCH);
  }
}
