/**
 * Thaw's own logs, served by several configurations, in; how the configurations differ, with
 * inference that holds however often one looks, out.
 */
@NullMarked
package dev.thaw.evaluation.abtest;

import org.jspecify.annotations.NullMarked;
