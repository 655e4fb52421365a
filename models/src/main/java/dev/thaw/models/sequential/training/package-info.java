/**
 * Trains the sequential models by DJL's PyTorch engine, which has to be there at run time: liked
 * sequences in, models without anything of the engine out.
 */
@NullMarked
package dev.thaw.models.sequential.training;

import org.jspecify.annotations.NullMarked;
