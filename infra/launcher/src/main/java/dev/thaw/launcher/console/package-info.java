/** Steps and counts in; a progress bar out, or plain lines where there is no terminal. */
@NullMarked
package dev.thaw.launcher.console;

import org.jspecify.annotations.NullMarked;
