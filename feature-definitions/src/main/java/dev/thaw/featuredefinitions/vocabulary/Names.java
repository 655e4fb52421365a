package dev.thaw.featuredefinitions.vocabulary;

import java.util.regex.Pattern;

/** Names that a configuration gives, short and safe in keys, metrics and commands. */
public final class Names {
  /** For messages. */
  public static final String RULE =
      "must be a letter of a-z and then at most 62 of a-z, 0-9, _ and -";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  private Names() {}

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * @param key what is named so, for the message
   * @throws IllegalArgumentException if it may not be named so
   */
  public static void require(String key, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(key + " " + RULE + ", was \"" + name + '"');
    }
  }
}
