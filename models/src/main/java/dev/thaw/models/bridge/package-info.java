/** From one domain to another: histories of overlap users in, a gated map of vectors out. */
@NullMarked
package dev.thaw.models.bridge;

import org.jspecify.annotations.NullMarked;
