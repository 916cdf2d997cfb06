/**
 * Decides when a run turns from learning to memorizing. Pure Java: aggregates in, immutable
 * snapshots out. What is decided depends on the aggregates alone, never on time or chance, so that
 * a replay decides the same.
 *
 * <p>Three channels that are never merged: {@link io.engram.events.OnsetChannel}. Single writer, as
 * the aggregates.
 */
@NullMarked
package io.engram.collector.onset;

import org.jspecify.annotations.NullMarked;
