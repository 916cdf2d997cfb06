package io.engram.trainer;

import io.engram.events.TrainingEvent;
import io.engram.trainer.training.EventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink that can wait for the spool. A disk that does not answer costs a checkpoint ten seconds,
 * and perhaps its unbroken curve, not the checkpoint.
 */
final class DurableSink implements EventSink {
  private static final Logger LOG = LoggerFactory.getLogger(DurableSink.class);
  private static final long LIMIT_SECONDS = 10;

  private final EventSink sink;
  private final Supplier<CompletableFuture<Void>> commit;

  DurableSink(EventSink sink, Supplier<CompletableFuture<Void>> commit) {
    this.sink = sink;
    this.commit = commit;
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    sink.emit(epoch, step, event);
  }

  @Override
  public void commit() {
    try {
      commit.get().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The events before a checkpoint are not known to be on the disk: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
