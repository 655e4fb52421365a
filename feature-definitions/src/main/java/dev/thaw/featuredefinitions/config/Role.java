package dev.thaw.featuredefinitions.config;

/** What a key is for; each role may also do what those before it may. */
public enum Role {
  READ,
  WRITE,
  ADMIN;

  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
