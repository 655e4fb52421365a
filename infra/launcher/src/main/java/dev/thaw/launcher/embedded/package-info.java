/**
 * A configuration in; the whole installation in this process out: broker, jobs, stores, index,
 * server, and a data folder loaded into them by its own clock.
 */
@NullMarked
package dev.thaw.launcher.embedded;

import org.jspecify.annotations.NullMarked;
