/**
 * s-validation's scorer on the event bus: {@link io.engram.trainer.scoring.SValidationVerticle}
 * scores, {@link io.engram.trainer.scoring.BusScorer} asks it to, from the same JVM or another.
 *
 * <p>A task begins with a {@link io.engram.trainer.scoring.TaskHeader} sent to {@link
 * io.engram.events.wire.EventAddresses#SVALIDATION}; the answer is a {@link
 * io.engram.trainer.scoring.Ticket}, with the address of the verticle that took it. There its
 * values follow in chunks, each acknowledged before the next, then the client asks for the scores
 * until it has them. Everything is a buffer of little-endian numbers, its first byte the version of
 * this format. A refusal is a failure with a {@link io.engram.trainer.scoring.Refusal}'s code.
 */
@NullMarked
package io.engram.trainer.scoring;

import org.jspecify.annotations.NullMarked;
