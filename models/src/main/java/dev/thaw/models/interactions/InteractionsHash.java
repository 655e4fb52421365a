package dev.thaw.models.interactions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a matrix, independent of the order its entries came in. */
final class InteractionsHash {
  private InteractionsHash() {}

  static String of(Interactions data) {
    MessageDigest digest = sha256();
    digest.update(text(data.domain().value()));
    data.items().all().forEach(item -> digest.update(text(item.value())));
    ByteBuffer entry = ByteBuffer.allocate(16);
    for (int u = 0; u < data.users().size(); u++) {
      digest.update(text(data.users().get(u).value()));
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        entry.clear();
        entry.putInt(data.rowItem(at)).putFloat(data.rowStrength(at)).putLong(data.rowTime(at));
        digest.update(entry.array());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] text(String value) {
    return (value + '\n').getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
