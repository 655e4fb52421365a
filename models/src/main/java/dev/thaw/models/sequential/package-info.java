/** Models of what a user likes next: likes in their order in, scores of the whole catalogue out. */
@NullMarked
package dev.thaw.models.sequential;

import org.jspecify.annotations.NullMarked;
