package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;

/** The segment a user belongs to in a domain; newer ones replace older ones. */
public record UserSegment(UserId userId, DomainId domain, String segment, Instant time) {

  /** Its key in the compacted topic. */
  public String key() {
    return keyOf(userId, domain);
  }

  /** {@code <user id>/<domain>}. */
  public static String keyOf(UserId user, DomainId domain) {
    return user.value() + "/" + domain.value();
  }
}
