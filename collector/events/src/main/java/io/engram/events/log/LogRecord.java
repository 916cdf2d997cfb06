package io.engram.events.log;

import java.nio.ByteBuffer;

/**
 * A record as it was appended.
 *
 * @param index its number in the log
 * @param payload its bytes, read-only
 */
public record LogRecord(long index, ByteBuffer payload) {}
