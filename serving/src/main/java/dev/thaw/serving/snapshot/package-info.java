/**
 * Store, catalogue and artefacts in, refreshed in the background; immutable snapshots out, each in
 * one atomic reference, so that a request sees one state throughout and never waits for any of
 * them.
 */
@NullMarked
package dev.thaw.serving.snapshot;

import org.jspecify.annotations.NullMarked;
