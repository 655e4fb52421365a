/** What to ask a newcomer about: items that are known in, the questions out. */
@NullMarked
package dev.thaw.models.onboarding;

import org.jspecify.annotations.NullMarked;
