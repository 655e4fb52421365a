/** Many changes, few writes: requests to flush in, one flush within a bounded time out. */
@NullMarked
package dev.thaw.flinkjobs.coalescing;

import org.jspecify.annotations.NullMarked;
