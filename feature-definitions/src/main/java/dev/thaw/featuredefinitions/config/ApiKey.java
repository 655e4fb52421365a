package dev.thaw.featuredefinitions.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A key of our interfaces, known by its hash alone.
 *
 * @param name of who has it, for metrics and messages
 * @param hash SHA-256 of the key's UTF-8 bytes in lower-case hexadecimal digits
 */
public record ApiKey(String name, Role role, String hash) {
  private static final int SHORTEST = 16;

  public ApiKey {
    if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw new IllegalArgumentException(
          "name must be 1 to 64 characters of A-Z, a-z, 0-9, _, . and -, was \"" + name + '"');
    }
    hash = hash.toLowerCase(Locale.ROOT);
    // the value is not repeated: it may be the key itself, written at the wrong place
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "key_hash must be the 64 hexadecimal digits of a SHA-256, has "
              + hash.length()
              + " characters");
    }
  }

  /**
   * @throws IllegalArgumentException if the key is so short that it could be guessed
   */
  public static ApiKey ofKey(String name, Role role, String key) {
    if (key.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "key must have at least " + SHORTEST + " characters, has " + key.length());
    }
    return new ApiKey(name, role, HexFormat.of().formatHex(sha256(key)));
  }

  /** The 32 bytes that keys are compared by. */
  public static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ApiKey[name=" + name + ", role=" + role + ']';
  }
}
