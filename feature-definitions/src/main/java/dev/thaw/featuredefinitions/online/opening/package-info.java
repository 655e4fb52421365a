/** Which online store: configuration in, the adapter it names out. */
@NullMarked
package dev.thaw.featuredefinitions.online.opening;

import org.jspecify.annotations.NullMarked;
