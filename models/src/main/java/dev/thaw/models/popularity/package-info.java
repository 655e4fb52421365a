/**
 * How often items are chosen: counts in, most popular first out, segments shrunk towards the
 * domain.
 */
@NullMarked
package dev.thaw.models.popularity;

import org.jspecify.annotations.NullMarked;
