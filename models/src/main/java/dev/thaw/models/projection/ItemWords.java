package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words of an item besides its text: {@code category=...}, {@code attribute=value} for each
 * value between bars, and for values that are or end in a year {@code attribute=decade 1990}.
 */
public final class ItemWords {
  private static final java.util.regex.Pattern YEAR =
      java.util.regex.Pattern.compile(".*\\b(1[89]\\d|20\\d)\\d");

  private ItemWords() {}

  /** Distinct, sorted, in lower case. */
  public static Set<String> of(CatalogueItem item) {
    Set<String> words = new TreeSet<>();
    item.categories().forEach(category -> words.add("category=" + plain(category)));
    item.attributes()
        .forEach(
            (name, value) -> {
              for (String part : value.split("\\|")) {
                if (!part.isBlank()) {
                  words.add(name + "=" + plain(part));
                  var year = YEAR.matcher(part.strip());
                  if (year.matches()) {
                    words.add(name + "=decade " + year.group(1) + "0");
                  }
                }
              }
            });
    return words;
  }

  /** What a word is a value of. */
  static String attribute(String word) {
    return word.substring(0, word.indexOf('='));
  }

  private static String plain(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }
}
