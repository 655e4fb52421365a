/**
 * Feature rows and recent items in, the same out of a Redis server or cluster in Feast's hashes:
 * compare-and-set by event time in a script, reads and writes in pipelines.
 */
@NullMarked
package dev.thaw.featuredefinitions.online.redis;

import org.jspecify.annotations.NullMarked;
