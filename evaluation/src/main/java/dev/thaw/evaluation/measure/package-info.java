/** What was measured of each user: lists and predictions in, rows of a report out. */
@NullMarked
package dev.thaw.evaluation.measure;

import org.jspecify.annotations.NullMarked;
