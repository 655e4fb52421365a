/** Calls and answers in, how long they took and how they ended out. */
@NullMarked
package dev.thaw.serving.metrics;

import org.jspecify.annotations.NullMarked;
