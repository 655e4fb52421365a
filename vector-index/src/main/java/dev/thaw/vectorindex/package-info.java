/**
 * Nearest items of a vector, under filters, in named spaces with versions. Items with vectors flow
 * in, neighbours flow out; Lucene, Milvus and an exact reference stand behind one interface.
 */
@NullMarked
package dev.thaw.vectorindex;

import org.jspecify.annotations.NullMarked;
