/**
 * The bounded job {@code train-bridge}: interactions and factors of two domains in; a gated bridge
 * and mapped users out.
 */
@NullMarked
package dev.thaw.flinkjobs.trainbridge;

import org.jspecify.annotations.NullMarked;
