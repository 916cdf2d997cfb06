/**
 * Training events in, immutable snapshots out. Pure Java: the events and the JDK.
 *
 * <p>Single writer: one context (thread) owns a {@link io.engram.collector.aggregate.Runs} and
 * everything in it, so its classes are plain and unsynchronized. The records that they hand out are
 * immutable and may go to any thread; arrays inside them must not be changed.
 */
@NullMarked
package io.engram.collector.aggregate;

import org.jspecify.annotations.NullMarked;
