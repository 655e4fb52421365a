/**
 * The folder that imports write and {@code thaw run} reads: domains, items, users and events in;
 * the same out again, checked line by line.
 */
@NullMarked
package dev.thaw.launcher.datafolder;

import org.jspecify.annotations.NullMarked;
