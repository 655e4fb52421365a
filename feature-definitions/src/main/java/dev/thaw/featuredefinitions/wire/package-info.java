/**
 * The JSON forms of everything that crosses a process or a file: strict readers that answer with a
 * value or with the field, value and bound that was wrong, and writers that give the same bytes
 * back.
 */
@NullMarked
package dev.thaw.featuredefinitions.wire;

import org.jspecify.annotations.NullMarked;
