package io.engram.events.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Feeds changed inputs to something that reads: it must take each, or refuse it by the exception
 * that it documents with one line of words, within bounded time and memory. The inputs are fixed by
 * {@code engram.fuzz.seed} (1); {@code engram.fuzz.factor} (1) makes them more.
 */
public final class Fuzz {
  /** Something that reads. */
  public interface Target {
    void take(byte[] input) throws Exception;
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long SEED = Long.getLong("engram.fuzz.seed", 1);
  private static final long FACTOR = Long.getLong("engram.fuzz.factor", 1);
  private static final long STUCK_SECONDS = 120;
  private static final long MOST_ALLOCATED = 256L << 20;
  private static final int LONGEST_LINE = 4_000;

  private final String name;
  private final List<Class<? extends Exception>> documented;
  private final AtomicLong taken = new AtomicLong();
  private long refused;

  @SafeVarargs
  private Fuzz(String name, Class<? extends Exception>... documented) {
    this.name = name;
    this.documented = List.of(documented);
  }

  /**
   * @param documented exceptions by which an input may be refused
   */
  @SafeVarargs
  public static Fuzz of(String name, Class<? extends Exception>... documented) {
    return new Fuzz(name, documented);
  }

  /**
   * @param inputs how many, times the factor
   * @throws AssertionError with the input, if one is not taken as it must be
   */
  public void run(long inputs, List<byte[]> seeds, Target target) throws Exception {
    for (byte[] seed : seeds) {
      target.take(seed.clone());
    }
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                feed(inputs * FACTOR, seeds, target);
                end.complete(null);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            "fuzz-" + name);
    worker.setDaemon(true);
    worker.start();
    await(end, worker);
    System.out.printf("Counted: fuzz %s: %,d inputs, %,d refused%n", name, taken.get(), refused);
  }

  private void await(CompletableFuture<Void> end, Thread worker) throws Exception {
    long before = -1;
    while (true) {
      try {
        end.get(STUCK_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        long now = taken.get();
        if (now == before) {
          AssertionError stuck = new AssertionError(name + ": input " + now + " does not end");
          stuck.setStackTrace(worker.getStackTrace());
          throw stuck;
        }
        before = now;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AssertionError problem) {
          throw problem;
        }
        throw e;
      }
    }
  }

  private void feed(long inputs, List<byte[]> seeds, Target target) {
    for (long i = 0; i < inputs; i++) {
      byte[] input =
          new Mutator(seeds, new SplittableRandom(SEED + i * 0x9E3779B97F4A7C15L)).next();
      byte[] kept = input.clone();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        target.take(input);
      } catch (Throwable e) {
        refused++;
        judge(e, i, kept);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MOST_ALLOCATED) {
        throw new AssertionError(at(i, kept) + ": allocates " + allocated + " bytes");
      }
      taken.incrementAndGet();
    }
  }

  private void judge(Throwable e, long i, byte[] input) {
    String message = e.getMessage();
    if (documented.stream().noneMatch(known -> known.isInstance(e))) {
      throw new AssertionError(at(i, input) + ": " + e, e);
    }
    if (message == null || message.isBlank() || message.length() > LONGEST_LINE) {
      throw new AssertionError(at(i, input) + ": its message is no line of words: " + message, e);
    }
    if (message.lines().count() > 1) {
      throw new AssertionError(at(i, input) + ": its message has several lines: " + message, e);
    }
  }

  private String at(long i, byte[] input) {
    return "%s, seed %d, input %d, base64 %s"
        .formatted(name, SEED, i, Base64.getEncoder().encodeToString(input));
  }
}
