/**
 * How good a list or a rating is: predictions and truth in, figures per user and their intervals
 * out.
 */
@NullMarked
package dev.thaw.models.metrics;

import org.jspecify.annotations.NullMarked;
