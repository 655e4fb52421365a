package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event with what is known of its item.
 *
 * @param itemVector content vector, null if the item had none when the event passed
 */
public record EnrichedEvent(Event event, @Nullable Embedding itemVector) {}
