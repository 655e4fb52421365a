/** Options of each command in; calls of the parts that do the work, and what to print, out. */
@NullMarked
package dev.thaw.launcher.commands;

import org.jspecify.annotations.NullMarked;
