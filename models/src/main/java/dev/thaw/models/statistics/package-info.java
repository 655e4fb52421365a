/**
 * Running numbers of items, popularity lists and arm posteriors: events and impressions in, values
 * to store out.
 */
@NullMarked
package dev.thaw.models.statistics;

import org.jspecify.annotations.NullMarked;
