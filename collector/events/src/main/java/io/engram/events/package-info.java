/**
 * The contract between trainers and collectors: what a training run says about itself, as immutable
 * records that depend on the JDK alone.
 *
 * <p>Events carry numerators and denominators, never ratios, so that they add up over batches, runs
 * and time. Arrays inside an event belong to the event from its construction on: neither the sender
 * nor a receiver may change them, because inside one JVM events travel by reference.
 */
@NullMarked
package io.engram.events;

import org.jspecify.annotations.NullMarked;
