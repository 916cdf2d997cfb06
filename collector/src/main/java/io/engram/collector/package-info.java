/**
 * The collector: takes events from the bus, keeps what they say of each run, and serves it.
 *
 * <p>{@link io.engram.collector.CollectorVerticle} wires the parts together on one event loop;
 * {@link io.engram.collector.Main} runs it on its own.
 */
@NullMarked
package io.engram.collector;

import org.jspecify.annotations.NullMarked;
