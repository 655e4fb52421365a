/**
 * Posted events, catalogue records and profiles in; acknowledged records on their topics, and what
 * this server has to remember at once, out.
 */
@NullMarked
package dev.thaw.serving.ingest;

import org.jspecify.annotations.NullMarked;
