package dev.thaw.featuredefinitions.online;

import java.util.Comparator;

/** Order of strings by code point; {@link String#compareTo} orders by UTF-16 unit instead. */
final class CodePoints {
  static final Comparator<String> ORDER =
      (a, b) -> {
        int i = 0;
        while (i < a.length() && i < b.length()) {
          int x = a.codePointAt(i);
          int y = b.codePointAt(i);
          if (x != y) {
            return Integer.compare(x, y);
          }
          i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
      };

  private CodePoints() {}
}
