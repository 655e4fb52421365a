/**
 * Parts of an installation and a budget in; figures out, each beside a baseline of the same run and
 * with its quality beside its speed.
 */
@NullMarked
package dev.thaw.launcher.bench;

import org.jspecify.annotations.NullMarked;
