/**
 * Who touched what, as sparse rows and columns: (user, item, strength, time) in, an immutable
 * matrix with dictionaries out.
 */
@NullMarked
package dev.thaw.models.interactions;

import org.jspecify.annotations.NullMarked;
