/**
 * From content to factors: catalogue items and content vectors in, vectors of the factor space out.
 */
@NullMarked
package dev.thaw.models.projection;

import org.jspecify.annotations.NullMarked;
