/** New items: a domain's likes in, how well each method places items with few interactions out. */
@NullMarked
package dev.thaw.evaluation.items;

import org.jspecify.annotations.NullMarked;
