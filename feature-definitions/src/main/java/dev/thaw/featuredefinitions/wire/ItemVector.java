package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;

/** The content vector of an item, from the encoder to the jobs. */
public record ItemVector(ItemId itemId, Embedding vector) {}
