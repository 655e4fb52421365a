/**
 * A running installation and the data folder behind it in; explained answers for users and items of
 * every degree of coldness out, as text.
 */
@NullMarked
package dev.thaw.launcher.tour;

import org.jspecify.annotations.NullMarked;
