/** What a score was made of in; a sentence and its parts for people out. */
@NullMarked
package dev.thaw.serving.explain;

import org.jspecify.annotations.NullMarked;
