package dev.thaw.featuredefinitions.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 200ms}, {@code 30s}, {@code 15m}, {@code 1h}, {@code 30d}.
 */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private Durations() {}

  /**
   * @throws IllegalArgumentException if the text is not a number with one of the units
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a duration such as 200ms, 30s, 15m, 1h or 30d, was \"" + text + '"');
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** The same form in the largest unit that divides; parts of a millisecond are cut. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis != 0 && millis % DAY_MILLIS == 0) {
      return millis / DAY_MILLIS + "d";
    }
    if (millis != 0 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis != 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
