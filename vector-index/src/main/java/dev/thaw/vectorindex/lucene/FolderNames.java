package dev.thaw.vectorindex.lucene;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Folder names for ids of any characters: one to one, safe on every file system. */
final class FolderNames {
  private static final int LONGEST = 120;

  private FolderNames() {}

  /**
   * Lower-case letters, digits, {@code -}, {@code _} and inner dots stay, everything else becomes
   * {@code %} and its UTF-8 in hexadecimal; of a name that gets too long the end becomes a digest.
   */
  static String of(String id) {
    StringBuilder name = new StringBuilder();
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean stays =
          (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || (c == '.' && i > 0);
      if (stays) {
        name.append(c);
      } else {
        name.append('%').append(HexFormat.of().toHexDigits(bytes[i]));
      }
    }
    return name.length() <= LONGEST ? name.toString() : name.substring(0, 64) + '%' + digest(bytes);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(all, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
