package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Instant;

/**
 * Whether an item is cold, as the topic {@code item-flags} carries it.
 *
 * @param time event time at which the flag changed
 */
public record ItemFlag(ItemId itemId, boolean cold, Instant time) {}
