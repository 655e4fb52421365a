/**
 * Records for topics in; an acknowledgement out once they are durable, in Kafka or in an fsynced
 * journal that is replayed to Kafka when it is back.
 */
@NullMarked
package dev.thaw.serving.eventlog;

import org.jspecify.annotations.NullMarked;
