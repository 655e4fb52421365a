/**
 * From what an item's record says besides its text to a vector: numbers and words in, a place in
 * the factor space out, through a small network that items with interactions teach.
 */
@NullMarked
package dev.thaw.models.tabular;

import org.jspecify.annotations.NullMarked;
