/**
 * Rankers without vectors and the selection of best items: a history in, one score per item out.
 */
@NullMarked
package dev.thaw.models.ranking;

import org.jspecify.annotations.NullMarked;
