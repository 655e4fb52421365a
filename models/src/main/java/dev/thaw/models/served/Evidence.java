package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.history.History;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a method may know of a held-out user.
 *
 * @param support history in the target domain, newest first
 * @param sources histories in other domains
 */
public record Evidence(
    UserId user, History support, Map<DomainId, History> sources, @Nullable UserProfile profile) {
  public Evidence {
    // in one order, since sums over the sources depend on it in their last digits
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
  }

  /** Of the profile, by name; nothing where there is none. */
  public Map<String, String> attributes() {
    return profile == null ? Map.of() : profile.attributes();
  }
}
