/**
 * From text to vectors: catalogue items in, unit vectors of a named content space out. ONNX models
 * through DJL, offline.
 */
@NullMarked
package dev.thaw.models.encoder;

import org.jspecify.annotations.NullMarked;
