/** Trained models on disk: models with provenance in, checked immutable sets out. */
@NullMarked
package dev.thaw.models.artefact;

import org.jspecify.annotations.NullMarked;
