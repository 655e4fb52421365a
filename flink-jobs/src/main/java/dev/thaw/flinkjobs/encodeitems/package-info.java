/**
 * The job {@code encode-items}: catalogue records and cold flags in; content vectors to the vector
 * index, the online store and the other jobs out.
 */
@NullMarked
package dev.thaw.flinkjobs.encodeitems;

import org.jspecify.annotations.NullMarked;
