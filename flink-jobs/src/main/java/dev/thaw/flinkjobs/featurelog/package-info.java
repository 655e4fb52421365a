/**
 * View rows in, Parquet files by view and day out: every version of every row, for training sets at
 * any time past.
 */
@NullMarked
package dev.thaw.flinkjobs.featurelog;

import org.jspecify.annotations.NullMarked;
