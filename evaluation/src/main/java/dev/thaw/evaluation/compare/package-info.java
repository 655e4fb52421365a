/** Other recommenders on our splits: their lists in, figures beside those of our methods out. */
@NullMarked
package dev.thaw.evaluation.compare;

import org.jspecify.annotations.NullMarked;
