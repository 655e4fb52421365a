/**
 * The job {@code user-features}: events and item vectors in, rows of all rolling views and of
 * {@code user_history} out.
 */
@NullMarked
package dev.thaw.flinkjobs.userfeatures;

import org.jspecify.annotations.NullMarked;
