/** Content neighbours: item vectors and a history in, similarity-weighted ratings out. */
@NullMarked
package dev.thaw.models.content;

import org.jspecify.annotations.NullMarked;
