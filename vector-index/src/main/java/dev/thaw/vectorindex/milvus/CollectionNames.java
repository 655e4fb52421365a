package dev.thaw.vectorindex.milvus;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names in Milvus may hold letters, digits and {@code _} only: {@code
 * PREFIX_SPACE_DIGEST_VERSION_DIGEST}, where the readable parts are cut and cleaned and the digests
 * keep apart what became equal by that.
 */
record CollectionNames(String prefix) {
  CollectionNames {
    if (!prefix.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
      throw new IllegalArgumentException(
          "prefix of collections must be 1 to 64 characters of A-Z, a-z, 0-9 and _, was \""
              + prefix
              + '"');
    }
  }

  String collection(VectorSpace space) {
    return collection(space.name(), space.modelVersion());
  }

  String collection(String spaceName, String modelVersion) {
    return allOf(spaceName) + "v_" + clean(modelVersion);
  }

  /** What the names of all versions of a space start with, and those of no other space. */
  String allOf(String spaceName) {
    return prefix + '_' + clean(spaceName) + '_';
  }

  String activeAlias(String spaceName) {
    return allOf(spaceName) + "active";
  }

  private static String clean(String id) {
    String readable = id.replaceAll("[^A-Za-z0-9]", "_");
    return readable.substring(0, Math.min(40, readable.length())) + '_' + digest(id);
  }

  private static String digest(String id) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
