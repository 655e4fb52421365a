/** Worlds whose truth is known in, how well replays find it out. */
@NullMarked
package dev.thaw.evaluation.replay.check;

import org.jspecify.annotations.NullMarked;
