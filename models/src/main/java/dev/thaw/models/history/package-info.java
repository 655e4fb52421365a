/**
 * Which items a user interacted with in one domain: events in, distinct count and newest-first list
 * out.
 */
@NullMarked
package dev.thaw.models.history;

import org.jspecify.annotations.NullMarked;
