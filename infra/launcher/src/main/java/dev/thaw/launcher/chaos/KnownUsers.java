package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Users who say something else of themselves while servers are killed, and such that come and
 * leave, some for good and some to come back. A profile changes once, so that what a server
 * delivers late has no successor it could come after. For one thread.
 */
final class KnownUsers {
  private final List<UserProfile> profiles;
  private final Supplier<Instant> now;
  private final List<UserId> left = new ArrayList<>();
  private final Map<UserId, UserProfile> newest = new HashMap<>();
  private int changed;
  private int leavers;

  /**
   * @param profiles what is there before
   * @param now of what is sent next
   */
  KnownUsers(List<UserProfile> profiles, Supplier<Instant> now) {
    this.profiles = List.copyOf(profiles);
    this.now = now;
  }

  /** The next one, with an attribute that no profile before had; after all, the first again. */
  UserProfile change() {
    UserProfile before = profiles.get(changed++ % profiles.size());
    Map<String, String> attributes = new HashMap<>(before.attributes());
    attributes.put("campaign", "chaos-" + changed);
    UserProfile profile =
        new UserProfile(before.userId(), attributes, before.onboarding(), now.get());
    newest.put(profile.userId(), profile);
    return profile;
  }

  /** Those that were changed, as they were sent last. */
  Map<UserId, UserProfile> changed() {
    return Map.copyOf(newest);
  }

  /** One who is going to leave. */
  UserProfile leaver() {
    return new UserProfile(
        UserId.of("leaver-" + leavers++), Map.of("campaign", "chaos"), List.of(), now.get());
  }

  /** One has left for good. */
  void leftForGood(UserId user) {
    left.add(user);
  }

  /** All who left for good. */
  List<UserId> left() {
    return List.copyOf(left);
  }
}
