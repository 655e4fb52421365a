package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.ItemId;

/** A found item; a larger similarity is nearer, in the metric of the space. */
public record Neighbour(ItemId itemId, float similarity) {}
