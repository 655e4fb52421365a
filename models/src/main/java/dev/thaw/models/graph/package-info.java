/** Interactions of two domains as one graph in, rankers that propagate over it out. */
@NullMarked
package dev.thaw.models.graph;

import org.jspecify.annotations.NullMarked;
