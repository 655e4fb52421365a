/**
 * Delivery guarantees, shown: a stack of real servers and a steady stream with known truth in, one
 * server killed after another; what was lost, counted twice or answered with an error out.
 */
@NullMarked
package dev.thaw.launcher.chaos;

import org.jspecify.annotations.NullMarked;
