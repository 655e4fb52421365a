package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;

/** The content vector of an item, as the topic {@code item-vectors} carries it. */
public record ItemVector(ItemId itemId, Embedding embedding) {}
