package dev.thaw.featuredefinitions.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses as messages may show them. */
public final class Redacted {
  /** A comma may also stand in a password. */
  private static final Pattern BETWEEN_ADDRESSES = Pattern.compile(",(?=\\s*[a-z][a-z+-]*://)");

  private static final Pattern USER = Pattern.compile("(?s)^(\\s*(?:[a-z][a-z+-]*://)?)(.*)@");

  private Redacted() {}

  /**
   * {@code scheme://user:***@host} of each address of a list. Meant for whatever somebody wrote,
   * also if it is no address: everything before the last at sign but the user goes.
   */
  public static String addresses(String text) {
    return Arrays.stream(BETWEEN_ADDRESSES.split(text, -1))
        .map(Redacted::address)
        .collect(Collectors.joining(","));
  }

  private static String address(String text) {
    return USER.matcher(text)
        .replaceFirst(
            match -> Matcher.quoteReplacement(match.group(1) + user(match.group(2)) + "***@"));
  }

  private static String user(String given) {
    int colon = given.indexOf(':');
    return colon < 0 ? "" : given.substring(0, colon + 1);
  }
}
