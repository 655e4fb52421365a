/** Histories of users as keyed state: events in, what each user did in each domain out. */
@NullMarked
package dev.thaw.flinkjobs.histories;

import org.jspecify.annotations.NullMarked;
