/**
 * Public data sets and tables of any shape in; items, users and events of a data folder out, and
 * every line that could not be used with file, line, field and reason.
 */
@NullMarked
package dev.thaw.launcher.imports;

import org.jspecify.annotations.NullMarked;
