/** What the states of keys have in common. */
@NullMarked
package dev.thaw.models.keyed;

import org.jspecify.annotations.NullMarked;
