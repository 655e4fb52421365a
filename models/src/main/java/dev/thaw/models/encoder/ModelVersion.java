package dev.thaw.models.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Versions of models: a name and a hash of everything that decides what vectors come out. */
final class ModelVersion {
  private static final int HASH_LENGTH = 12;

  private ModelVersion() {}

  /**
   * {@code name-hash}.
   *
   * @param settings what decides beside the files
   */
  static String of(String name, List<Path> files, String settings) {
    MessageDigest sha = sha256();
    try {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sha.update(buffer, 0, read);
          }
        }
      }
    } catch (IOException e) {
      throw new EncoderException("can't read the files of encoder " + name, e);
    }
    return name + "-" + hex(sha, settings).substring(0, HASH_LENGTH);
  }

  /**
   * SHA-256 of texts, in hex: of each its length first, in bytes of UTF-8 (32 bits, big-endian), so
   * that no two lists are the same bytes.
   */
  static String hash(List<String> texts) {
    MessageDigest sha = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      sha.update(bytes);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /**
   * SHA-256 of a version and a text, in hex, with a line feed between them: that of the vectors of
   * texts that are stored.
   *
   * @param version without a line feed
   */
  static String hash(String version, String text) {
    return hex(sha256(), version + '\n' + text);
  }

  private static String hex(MessageDigest sha, String last) {
    return HexFormat.of().formatHex(sha.digest(last.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
