/**
 * Item-to-item models: liked interactions in; per item the weights it lends to others, and rankers
 * of a history, out.
 */
@NullMarked
package dev.thaw.models.itemtoitem;

import org.jspecify.annotations.NullMarked;
