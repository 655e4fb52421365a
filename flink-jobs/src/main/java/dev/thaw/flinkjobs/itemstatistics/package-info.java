/**
 * The job {@code item-statistics}: events, impressions and user segments in, rows of {@code
 * item_statistics} and {@code popularity} and the flags of items that became warm out.
 */
@NullMarked
package dev.thaw.flinkjobs.itemstatistics;

import org.jspecify.annotations.NullMarked;
