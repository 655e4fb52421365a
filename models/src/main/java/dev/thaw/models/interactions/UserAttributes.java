package dev.thaw.models.interactions;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What profiles say of users. Immutable.
 *
 * @param names of the attributes that models may use; there may be more in a profile
 */
public record UserAttributes(List<String> names, Map<UserId, Map<String, String>> byUser) {
  public static final UserAttributes NONE = new UserAttributes(List.of(), Map.of());

  public UserAttributes {
    names = List.copyOf(names);
    byUser = Map.copyOf(byUser);
  }

  public static UserAttributes of(List<String> names, Map<UserId, UserProfile> profiles) {
    Map<UserId, Map<String, String>> byUser = new HashMap<>();
    profiles.forEach((user, profile) -> byUser.put(user, profile.attributes()));
    return new UserAttributes(names, byUser);
  }

  /** By name; nothing of users without a profile. */
  public Map<String, String> of(UserId user) {
    return byUser.getOrDefault(user, Map.of());
  }
}
