package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.UserId;

/** An anonymous session is a user of its own; its events carry the same id. */
final class SessionUsers {
  private SessionUsers() {}

  static UserId of(String session) {
    try {
      return UserId.ofSession(session);
    } catch (IllegalArgumentException e) {
      throw CallerFault.of("session_id", session, "an id of 1 to 248 characters");
    }
  }
}
