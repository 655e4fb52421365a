package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.List;
import java.util.Map;

/**
 * What Thaw knows of a user.
 *
 * @param attributes of the profile
 * @param onboarding answers, as {@code domain/item -> liked}
 * @param onboardingUnknown those that were "don't know it", as {@code domain/item}
 * @param features newest rows by view, feature and value; one map a domain for views by domain
 * @param routes the route a recommendation would take now, by domain
 * @param recent items just interacted with
 */
public record UserReport(
    UserId user,
    Map<String, String> attributes,
    Map<String, Boolean> onboarding,
    List<String> onboardingUnknown,
    Map<String, Object> features,
    Map<String, RecommendationAnswer.RouteTaken> routes,
    List<String> recent,
    List<String> degraded) {}
