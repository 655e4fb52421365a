/** Compact binary forms of fold states: primitives in, bytes out, and back with checks. */
@NullMarked
package dev.thaw.models.binary;

import org.jspecify.annotations.NullMarked;
