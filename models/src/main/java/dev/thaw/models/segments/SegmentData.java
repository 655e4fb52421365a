package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import java.util.List;
import java.util.Map;

/**
 * What segments are learned from.
 *
 * @param profiles of users with and without interactions
 * @param attributes profile attributes that segments may use
 */
public record SegmentData(
    Interactions interactions,
    FactorModel factors,
    Map<UserId, UserProfile> profiles,
    List<String> attributes) {
  public SegmentData {
    profiles = Map.copyOf(profiles);
    attributes = List.copyOf(attributes);
  }
}
