package dev.thaw.featuredefinitions.vocabulary;

/** A user, the same in every domain. */
public record UserId(String value) implements Comparable<UserId> {
  public UserId {
    Ids.check("user_id", value);
  }

  public static UserId of(String value) {
    return new UserId(value);
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
