/** The command line in; the command it names, run to its exit code, out. */
@NullMarked
package dev.thaw.launcher;

import org.jspecify.annotations.NullMarked;
