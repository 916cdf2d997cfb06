/**
 * The rules by which every event is applied exactly once: plain classes without a bus, a disk or a
 * clock, which the trainer, the collector and a simulation of both use alike.
 *
 * <p><b>The order of a run.</b> An event is (run, incarnation, sequence). Incarnations follow one
 * another; within one the sequence numbers grow, and a number that is left out was dropped on
 * purpose. The trainer's spool keeps this order over crashes; a later incarnation begins to be sent
 * when all of the earlier is acknowledged.
 *
 * <p><b>A parcel</b> is a stretch of that order, of one run and incarnation. It says {@code after},
 * the sequence of the event before it in the order, and {@code settled}, up to which the sender
 * holds nothing any more. An {@link io.engram.events.delivery.Outbox} lets a counted number of
 * parcels be under way; after a refusal or a silence all of them leave again. An {@link
 * io.engram.events.delivery.Inbox} admits a parcel whose {@code after} it has, drops what it has
 * already, and refuses what would leave a gap, unless {@code settled} says that nothing can fill
 * it.
 *
 * <p><b>The acknowledgement</b> is a sequence, cumulative, of what is on the collector's disk:
 * admit, append to the journal, force, apply, answer. What fails on the way is undone in the inbox
 * and comes again. The journal is read back through the same inbox, so that it may hold a parcel
 * twice, or one that was never answered.
 *
 * <p><b>Seams.</b> Parcels are {@code io.engram.events.wire.EventParcel}, taken by request at
 * {@code EventAddresses.EVENTS} or at another address that the trainer is given; the answer is the
 * {@code Long} acknowledged. Failure 503 means try again, 400 that the parcel is not one. How
 * processes find each other, and which collector owns a run, is decided outside; all that these
 * rules ask is that one collector at a time takes a run's parcels, and keeps its journal.
 */
@NullMarked
package io.engram.events.delivery;

import org.jspecify.annotations.NullMarked;
