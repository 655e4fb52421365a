/** Which vector index: configuration in, the adapter it names out. */
@NullMarked
package dev.thaw.vectorindex.opening;

import org.jspecify.annotations.NullMarked;
