/**
 * From content to learned vectors: an item's interaction count and its two vectors in one space in,
 * one vector out.
 */
@NullMarked
package dev.thaw.models.gate;

import org.jspecify.annotations.NullMarked;
