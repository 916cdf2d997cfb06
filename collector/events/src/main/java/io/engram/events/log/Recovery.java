package io.engram.events.log;

/**
 * What opening a log found.
 *
 * @param firstIndex index of the oldest record that is kept, or the next index where none is
 * @param nextIndex index that the next record will have
 * @param tornBytes bytes at the end that were no whole record and were cut off
 * @param lost records of the last segment that are damaged
 */
public record Recovery(long firstIndex, long nextIndex, long tornBytes, long lost) {}
