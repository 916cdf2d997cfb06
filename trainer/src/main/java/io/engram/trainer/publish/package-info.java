/** From the training thread to the event bus: stamping, a bounded queue, batches by request. */
@NullMarked
package io.engram.trainer.publish;

import org.jspecify.annotations.NullMarked;
