package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import org.jspecify.annotations.Nullable;

/**
 * A change with what the encoder made of it.
 *
 * @param vector null where nothing was encoded: flags, deletions, items without text
 * @param hash of what was encoded, empty where nothing was
 */
public record EncodedContent(ContentChange change, @Nullable Embedding vector, String hash) {}
