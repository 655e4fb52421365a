/** A domain that shares no user with any other: two sets of interactions in, figures out. */
@NullMarked
package dev.thaw.evaluation.parity;

import org.jspecify.annotations.NullMarked;
