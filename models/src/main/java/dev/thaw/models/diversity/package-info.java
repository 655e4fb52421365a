/** Re-ranking for variety: scored candidates in, an order out. Pure. */
@NullMarked
package dev.thaw.models.diversity;

import org.jspecify.annotations.NullMarked;
