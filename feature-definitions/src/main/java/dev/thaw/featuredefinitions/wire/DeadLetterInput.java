package dev.thaw.featuredefinitions.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Cuts and encodes the input of dead letters. */
final class DeadLetterInput {
  private DeadLetterInput() {}

  /**
   * @param kept the first bytes of the input, at least {@link DeadLetter#MAX_INPUT} of them if
   *     there are more
   */
  static DeadLetter keep(
      String source,
      long position,
      Rejection rejection,
      byte[] kept,
      long inputBytes,
      Instant time) {
    byte[] head = Arrays.copyOf(kept, Math.min(kept.length, DeadLetter.MAX_INPUT));
    int end = inputBytes > head.length ? endOfCharacter(head) : head.length;
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, end)).toString();
      return new DeadLetter(source, position, rejection, text, false, inputBytes, time, "");
    } catch (CharacterCodingException e) {
      String text = Base64.getEncoder().encodeToString(head);
      return new DeadLetter(source, position, rejection, text, true, inputBytes, time, "");
    }
  }

  /** Leaves out a last character that the cut went through. */
  private static int endOfCharacter(byte[] head) {
    int start = head.length - 1;
    while (start > 0 && start > head.length - 4 && (head[start] & 0xC0) == 0x80) {
      start--;
    }
    int lead = head[start] & 0xFF;
    int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return start + length <= head.length ? head.length : start;
  }
}
