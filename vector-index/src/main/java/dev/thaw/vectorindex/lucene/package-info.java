/**
 * Embedded indexes: HNSW graphs of Lucene in folders, one per version, with one writer in the
 * process. Items with vectors flow in, neighbours flow out within a second.
 */
@NullMarked
package dev.thaw.vectorindex.lucene;

import org.jspecify.annotations.NullMarked;
