/** One impression of every answer in; acknowledged records of the impressions topic out. */
@NullMarked
package dev.thaw.serving.impressions;

import org.jspecify.annotations.NullMarked;
