/**
 * The log of one configuration in, what another would have earned on the same answers out; or why
 * the log can't say.
 */
@NullMarked
package dev.thaw.evaluation.replay;

import org.jspecify.annotations.NullMarked;
