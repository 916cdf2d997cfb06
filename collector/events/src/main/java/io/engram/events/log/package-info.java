/**
 * An append-only log of records in segment files, for the trainer's spool and the collector's
 * journal; depends on the JDK alone.
 *
 * <p>A record is {@code [marker, length, index, payload checksum, header checksum, payload]}, see
 * {@link io.engram.events.log.RecordFormat}. Records are numbered 0, 1, 2, … for the life of a log;
 * a segment is the file {@code <index of its first record>.log}. Appending writes to the page
 * cache; {@link io.engram.events.log.SegmentLog#commit()} promises the disk, one {@code force} for
 * all who ask meanwhile. Whole segments are trimmed from the front. Opening a log cuts off a torn
 * tail; a record that is damaged costs itself and no other.
 */
@NullMarked
package io.engram.events.log;

import org.jspecify.annotations.NullMarked;
