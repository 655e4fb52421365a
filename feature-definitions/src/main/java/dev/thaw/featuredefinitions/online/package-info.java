/**
 * The online feature store as one port: batched reads of many entities and views, batched
 * newest-wins writes. Adapters in sub-packages keep Feast's exact bytes.
 */
@NullMarked
package dev.thaw.featuredefinitions.online;

import org.jspecify.annotations.NullMarked;
