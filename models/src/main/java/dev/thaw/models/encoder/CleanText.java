package dev.thaw.models.encoder;

/** Text that a tokenizer in native code may be given. */
final class CleanText {
  private CleanText() {}

  /**
   * At most {@code maxLength} characters, white space and control characters as single spaces,
   * surrogates without their pair as U+FFFD. The same text for the same input, always. Reads no
   * further than it has to.
   */
  static String of(String raw, int maxLength) {
    StringBuilder clean = new StringBuilder(Math.min(raw.length(), maxLength));
    for (int i = 0; i < raw.length() && clean.length() < maxLength; i++) {
      char c = raw.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < raw.length()
          && Character.isLowSurrogate(raw.charAt(i + 1))) {
        if (clean.length() + 2 <= maxLength) {
          clean.append(c).append(raw.charAt(i + 1));
        }
        i++;
      } else if (Character.isSurrogate(c)) {
        clean.append('\uFFFD');
      } else if (Character.isWhitespace(c)
          || Character.isISOControl(c)
          || Character.isSpaceChar(c)) {
        if (clean.length() > 0 && clean.charAt(clean.length() - 1) != ' ') {
          clean.append(' ');
        }
      } else {
        clean.append(c);
      }
    }
    int end = clean.length();
    return end > 0 && clean.charAt(end - 1) == ' ' ? clean.substring(0, end - 1) : clean.toString();
  }
}
