/**
 * Feature rows and recent items in, the same out of SQLite files that Feast's own Python reads:
 * exactly its tables, plus one table a view for the milliseconds that Feast's columns can't hold.
 */
@NullMarked
package dev.thaw.featuredefinitions.online.sqlite;

import org.jspecify.annotations.NullMarked;
