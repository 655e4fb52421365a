package dev.thaw.launcher.imports;

import dev.thaw.launcher.imports.Gathered.Description;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the film data sets have in common: titles with a year, genres between bars, age bands. */
final class Films {
  private static final Pattern YEAR = Pattern.compile("\\((\\d{4})\\)\\s*$");
  private static final int[] AGE_BOUNDS = {18, 25, 35, 45, 50, 56};
  private static final String[] AGE_BANDS = {
    "under-18", "18-24", "25-34", "35-44", "45-49", "50-55", "56-plus"
  };

  private Films() {}

  static Description describe(String title, List<String> genres) {
    List<String> named =
        genres.stream().map(String::strip).filter(g -> !isNone(g)).distinct().toList();
    String clean = isNone(title) ? "" : title.strip();
    return new Description(clean, "", named, decade(clean));
  }

  static Description describe(String title, String genres) {
    return describe(title, Arrays.asList(genres.split("\\|", -1)));
  }

  /** The bands of MovieLens 1M, also for ages in years. */
  static String ageBand(long age) {
    int band = 0;
    while (band < AGE_BOUNDS.length && age >= AGE_BOUNDS[band]) {
      band++;
    }
    return AGE_BANDS[band];
  }

  /** The first character of a postal code: a region in the US, {@code other} elsewhere. */
  static String region(String zip) {
    return !zip.isEmpty() && Character.isDigit(zip.charAt(0)) ? "zip-" + zip.charAt(0) : "other";
  }

  private static Map<String, String> decade(String title) {
    Matcher year = YEAR.matcher(title);
    return year.find() ? Map.of("decade", year.group(1).substring(0, 3) + "0s") : Map.of();
  }

  private static boolean isNone(String word) {
    return word.isBlank() || word.equals("unknown") || word.equals("(no genres listed)");
  }
}
