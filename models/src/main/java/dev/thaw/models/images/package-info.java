/**
 * From a reference to the input of a vision model: bytes fetched within bounds, decoded pixels,
 * resized, cropped and normalised values.
 */
@NullMarked
package dev.thaw.models.images;

import org.jspecify.annotations.NullMarked;
