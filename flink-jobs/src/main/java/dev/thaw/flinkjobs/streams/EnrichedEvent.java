package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event with what is known of its item.
 *
 * @param itemVector content vector, null if the item had none when the event passed
 * @param isCorrection whether the event has passed before without its vector: only features that
 *     read the vector take it
 */
public record EnrichedEvent(Event event, @Nullable Embedding itemVector, boolean isCorrection) {
  public EnrichedEvent {
    if (isCorrection && itemVector == null) {
      throw new IllegalArgumentException("a correction must have a vector, was " + event);
    }
  }

  public EnrichedEvent(Event event, @Nullable Embedding itemVector) {
    this(event, itemVector, false);
  }

  /** The vector of an event that passed without. */
  public static EnrichedEvent correction(Event event, Embedding itemVector) {
    return new EnrichedEvent(event, itemVector, true);
  }
}
