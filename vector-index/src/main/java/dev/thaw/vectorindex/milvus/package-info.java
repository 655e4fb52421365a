/**
 * Indexes in a Milvus server, one collection per version. Items with vectors flow in over gRPC,
 * neighbours flow out.
 */
@NullMarked
package dev.thaw.vectorindex.milvus;

import org.jspecify.annotations.NullMarked;
