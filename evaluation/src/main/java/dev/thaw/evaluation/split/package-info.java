/** Splits of users: a data folder or split files in, experiments out. */
@NullMarked
package dev.thaw.evaluation.split;

import org.jspecify.annotations.NullMarked;
