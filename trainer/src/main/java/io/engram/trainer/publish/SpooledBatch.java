package io.engram.trainer.publish;

import java.nio.ByteBuffer;

/**
 * A stretch of the spool, of one incarnation.
 *
 * @param first sequence of its first event
 * @param last sequence of its last event
 * @param count how many events it has
 * @param frames their frames, one after the other
 * @param keptEnd index after it in the log of what is never evicted
 * @param evictableEnd index after it in the log of what is
 */
record SpooledBatch(
    long incarnation,
    long first,
    long last,
    int count,
    ByteBuffer frames,
    long keptEnd,
    long evictableEnd) {}
