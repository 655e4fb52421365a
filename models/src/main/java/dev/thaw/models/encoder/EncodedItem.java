package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import java.util.List;
import java.util.Optional;

/**
 * What was made of an item.
 *
 * @param vector of length 1; empty where the item has nothing that the encoder reads
 * @param unread parts of the item that should be in the vector and are not
 */
public record EncodedItem(Optional<Embedding> vector, List<Unread> unread) {
  static final EncodedItem NOTHING = new EncodedItem(Optional.empty(), List.of());

  public EncodedItem {
    unread = List.copyOf(unread);
  }

  /** With all that was to be read. */
  public static EncodedItem of(Optional<Embedding> vector) {
    return new EncodedItem(vector, List.of());
  }

  static EncodedItem without(Unread part) {
    return new EncodedItem(Optional.empty(), List.of(part));
  }

  /**
   * A part that could not be read, or of which the model says nothing.
   *
   * @param field of the item's record
   * @param value of that field
   * @param reason what is wrong with it
   */
  public record Unread(String field, String value, String reason) {}
}
