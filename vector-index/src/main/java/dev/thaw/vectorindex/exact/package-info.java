/**
 * The reference that the others are measured against: every vector compared with the query, in
 * memory. Items with vectors flow in, the true neighbours flow out.
 */
@NullMarked
package dev.thaw.vectorindex.exact;

import org.jspecify.annotations.NullMarked;
