/**
 * The bounded job {@code train-sequences}: what users liked, with its times, in; a model of what is
 * liked next out.
 */
@NullMarked
package dev.thaw.flinkjobs.trainsequences;

import org.jspecify.annotations.NullMarked;
