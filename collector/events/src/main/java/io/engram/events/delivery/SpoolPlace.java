package io.engram.events.delivery;

/**
 * Where an event stands in a spool of two lanes, which are appended to in turn by one writer and
 * reach the disk each by itself.
 *
 * @param index of the record in its lane
 * @param other records of the other lane below this index were appended before it
 * @param forced records of its lane below this index are on the disk, with all that was appended
 *     before them to either lane
 */
public record SpoolPlace(long index, long other, long forced) {}
