/** Learning apart from answering: data and a random generator in, an immutable model out. */
@NullMarked
package dev.thaw.models.training;

import org.jspecify.annotations.NullMarked;
