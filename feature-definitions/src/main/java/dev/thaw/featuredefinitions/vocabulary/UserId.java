package dev.thaw.featuredefinitions.vocabulary;

/** A user, the same in every domain; an anonymous session is a user of its own. */
public record UserId(String value) implements Comparable<UserId> {
  private static final String SESSION = "session:";

  public UserId {
    Ids.check("user_id", value);
  }

  public static UserId of(String value) {
    return new UserId(value);
  }

  /** The user that a session is. */
  public static UserId ofSession(String session) {
    return new UserId(SESSION + session);
  }

  /** Whether an id is that of an anonymous session. */
  public static boolean isSession(String value) {
    return value.startsWith(SESSION);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
