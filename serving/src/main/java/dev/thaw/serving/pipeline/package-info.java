/**
 * A request in; candidates gathered, scored, varied and partly drawn; an answer with its route out.
 */
@NullMarked
package dev.thaw.serving.pipeline;

import org.jspecify.annotations.NullMarked;
