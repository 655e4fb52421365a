/** Evaluation by held-out users: a data folder or a split in, figures by interaction count out. */
@NullMarked
package dev.thaw.evaluation;

import org.jspecify.annotations.NullMarked;
