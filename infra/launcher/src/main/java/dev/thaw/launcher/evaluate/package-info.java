/** What {@code thaw evaluate} puts together: options in, experiments and vectors of items out. */
@NullMarked
package dev.thaw.launcher.evaluate;

import org.jspecify.annotations.NullMarked;
