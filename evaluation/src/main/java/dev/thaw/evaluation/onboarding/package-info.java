/** Newcomers who answer questions: ways to choose these in, how well the answers rank out. */
@NullMarked
package dev.thaw.evaluation.onboarding;

import org.jspecify.annotations.NullMarked;
