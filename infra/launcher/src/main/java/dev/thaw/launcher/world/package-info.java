/** A seed, sizes and an end time in; a catalogue, users and events with a known taste out. */
@NullMarked
package dev.thaw.launcher.world;

import org.jspecify.annotations.NullMarked;
