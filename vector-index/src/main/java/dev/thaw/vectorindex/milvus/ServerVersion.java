package dev.thaw.vectorindex.milvus;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's version, and what it can do from which one on. */
record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
  /** The oldest that Thaw knows, and what a server is taken for that does not say. */
  static final ServerVersion OLDEST = new ServerVersion(2, 3, 0);

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");
  private static final ServerVersion INVERTED_INDEXES = new ServerVersion(2, 4, 0);

  /**
   * Reads {@code v2.3.5-lite}, {@code 2.4.0-rc.1}, {@code 2.6-20260101-3f2a}, {@code master-2.5.4}.
   */
  static ServerVersion parse(String said) {
    String start = said.strip().replaceFirst("^\\D*", "");
    Matcher numbers = NUMBERS.matcher(start);
    if (!numbers.matches()) {
      return OLDEST;
    }
    return new ServerVersion(
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3)));
  }

  boolean isKnown() {
    return compareTo(OLDEST) >= 0;
  }

  /** Inverted indexes of texts and flags; before, only a trie of texts. */
  boolean hasInvertedIndexes() {
    return compareTo(INVERTED_INDEXES) >= 0;
  }

  @Override
  public int compareTo(ServerVersion other) {
    return Comparator.comparingInt(ServerVersion::major)
        .thenComparingInt(ServerVersion::minor)
        .thenComparingInt(ServerVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
