/** Tables: measured figures in, text and JSON out. */
@NullMarked
package dev.thaw.evaluation.report;

import org.jspecify.annotations.NullMarked;
