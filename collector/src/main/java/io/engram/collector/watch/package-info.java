/**
 * The onset detectors of the runs that a collector keeps, with what became of their alarms. Pure
 * Java; single writer, as the aggregates.
 */
@NullMarked
package io.engram.collector.watch;

import org.jspecify.annotations.NullMarked;
