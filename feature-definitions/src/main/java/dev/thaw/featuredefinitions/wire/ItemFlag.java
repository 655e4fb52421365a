package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Instant;

/**
 * Whether an item is cold.
 *
 * @param time since when
 */
public record ItemFlag(ItemId itemId, boolean cold, Instant time) {}
