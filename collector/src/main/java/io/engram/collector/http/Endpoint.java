package io.engram.collector.http;

import io.engram.events.access.Access;

/**
 * Where is listened, and who may ask there.
 *
 * @param port 0 for any that is free
 */
public record Endpoint(String host, int port, Access access) {}
