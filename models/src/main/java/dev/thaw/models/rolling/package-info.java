/**
 * Rolling features of one key: events and timers in, the features of one view out. State is bounded
 * and empties.
 */
@NullMarked
package dev.thaw.models.rolling;

import org.jspecify.annotations.NullMarked;
