/** What the states of keys have in common: timers and how old evidence fades. */
@NullMarked
package dev.thaw.models.keyed;

import org.jspecify.annotations.NullMarked;
