/**
 * Kernel ridge between histories: what users like is told by how alike they are to users whose
 * likes are known.
 */
@NullMarked
package dev.thaw.models.kernel;

import org.jspecify.annotations.NullMarked;
