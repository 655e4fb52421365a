/** Meta-learned rating models: tasks of users in, a model that adapts to a few ratings out. */
@NullMarked
package dev.thaw.models.meta;

import org.jspecify.annotations.NullMarked;
