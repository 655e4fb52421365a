/**
 * Catalogue records in; items by id, by dense number and by category out, in memory, for every
 * domain.
 */
@NullMarked
package dev.thaw.serving.catalogue;

import org.jspecify.annotations.NullMarked;
