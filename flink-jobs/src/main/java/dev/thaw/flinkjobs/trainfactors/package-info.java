/**
 * The bounded job {@code train-factors}: interactions in; popularity, ranking factors and rating
 * factors of every domain out.
 */
@NullMarked
package dev.thaw.flinkjobs.trainfactors;

import org.jspecify.annotations.NullMarked;
