package io.engram.trainer.experiment.paper;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.spec.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the studies of a scale run: those of the core first, whatever the budget; then a run of every
 * other study to learn what it costs, and study by study, the cheapest first, a seed at a time,
 * what fits the rest of the budget; additions to the papers alike, last of all. What is done is
 * kept and not run again; what another process is at is waited for.
 */
public final class PaperRun {
  private static final double NANOS = 1e9;
  private static final int PARTS = 1_000;

  private final Options options;
  private final List<PlannedStudy> studies;
  private final Tasks tasks;
  private final DataLocations locations;
  private final Progress progress;
  private final LongSupplier nanos;
  private final Clock clock;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();
  private final Queue<String> unended = new ConcurrentLinkedQueue<>();

  /**
   * @param scale name of a size
   * @param budget when no more than the core is begun; null for no limit
   * @param workers runs at once
   * @param out folder of what is kept and of the report
   */
  public record Options(String scale, @Nullable Duration budget, int workers, Path out) {
    public Options {
      if (workers < 1) {
        throw new InvalidSettingException(
            "--workers", "is %d, must be at least 1".formatted(workers));
      }
    }
  }

  /**
   * @param nanos a clock
   * @throws InvalidSettingException if no study has the scale or the folder cannot be used
   */
  public PaperRun(Options options, DataLocations locations, Progress progress, LongSupplier nanos) {
    this.options = options;
    this.locations = locations;
    this.progress = progress;
    this.nanos = nanos;
    tasks = Tasks.of(options.scale(), options.out(), locations);
    studies = tasks.studies();
    clock = new Clock(studies, tasks.cells(), tasks.reports());
  }

  /** Lets no further task begin. */
  public void stop() {
    stopped.set(true);
  }

  /**
   * Seconds that what is not done would take, one after the other. Of a study of which no run is
   * done, steps of its largest are timed.
   */
  public double secondsLeft() {
    for (PlannedStudy study : studies) {
      if (isNew(study)) {
        clock.time(study, locations);
      }
    }
    return clock.seconds(pending(tasks.all(), task -> true));
  }

  private boolean isNew(PlannedStudy study) {
    return study.isGrid() && study.cells().stream().noneMatch(tasks.cells()::has);
  }

  /**
   * Has run what is missing.
   *
   * @param workers asked for one whenever more of them are needed at once
   * @return what was begun and did not end, but for what {@link #stop} stopped
   */
  public List<String> train(Supplier<? extends Worker> workers) {
    unended.clear();
    trainAll(workers);
    return List.copyOf(unended);
  }

  private void trainAll(Supplier<? extends Worker> workers) {
    List<Task> all = tasks.all();
    long began = nanos.getAsLong();
    Pool pool = new Pool(began, workers);
    List<Task> core = pending(all, task -> task.study().study().isCore());
    List<Task> rest = pending(all, task -> !task.study().study().isCore());
    progress.say(
        "%d of %d parts are there".formatted(all.size() - core.size() - rest.size(), all.size()));
    pool.run(core, false);
    if (options.budget() == null) {
      pool.run(rest, false);
      return;
    }
    for (boolean extra : List.of(false, true)) {
      fit(pending(rest, task -> task.study().study().isExtra() == extra), pool);
    }
  }

  private void fit(List<Task> rest, Pool pool) {
    pool.run(firstOfEach(rest), true);
    List<PlannedStudy> cheapest = new ArrayList<>(studies);
    cheapest.sort(Comparator.comparingDouble(study -> clock.seconds(pending(rest, of(study)))));
    for (PlannedStudy study : cheapest) {
      int seeds = study.isGrid() ? study.scale().repetitions() : 1;
      for (int seed = 1; seed <= seeds; seed++) {
        int only = seed;
        List<Task> round = pending(rest, of(study).and(task -> task.seed() == only));
        if (clock.seconds(round) / concurrency(round) <= pool.secondsLeft()) {
          pool.run(round, true);
        }
      }
    }
  }

  private double concurrency(List<Task> tasks) {
    return Math.max(1, Math.min(options.workers(), tasks.size()));
  }

  private static Predicate<Task> of(PlannedStudy study) {
    return task -> task.study().name().equals(study.name());
  }

  private static List<Task> pending(List<Task> tasks, Predicate<Task> of) {
    return tasks.stream().filter(of).filter(task -> !task.isDone()).toList();
  }

  /** The largest run of the first seed of every grid of which none is done. */
  private List<Task> firstOfEach(List<Task> rest) {
    return studies.stream()
        .filter(this::isNew)
        .flatMap(
            study ->
                rest.stream()
                    .filter(of(study).and(task -> task.seed() == 1))
                    .max(Comparator.comparingDouble(PaperRun::cost))
                    .stream())
        .toList();
  }

  private static double cost(Task task) {
    return task instanceof Task.Training training ? Cost.of(training.cell().spec()) : 0;
  }

  /** Passes on what a worker says, and now and then where it is. */
  private final class Lines implements Progress {
    private static final double BETWEEN_SECONDS = 5;

    private final Pool pool;
    private double last;

    Lines(Pool pool) {
      this.pool = pool;
      last = pool.seconds();
    }

    @Override
    public void at(String what, long done, long total) {
      if (pool.seconds() - last > BETWEEN_SECONDS) {
        last = pool.seconds();
        pool.tell(what);
      }
    }

    @Override
    public void say(String line) {
      PaperRun.this.say(line);
    }
  }

  private void say(String line) {
    synchronized (progress) {
      progress.say(line);
    }
  }

  /** Threads that take the next task until none is left. */
  private final class Pool {
    private static final long PAUSE_NANOS = 200_000_000;

    private final long began;
    private final Supplier<? extends Worker> workers;

    Pool(long began, Supplier<? extends Worker> workers) {
      this.began = began;
      this.workers = workers;
    }

    private double seconds() {
      return (nanos.getAsLong() - began) / NANOS;
    }

    double secondsLeft() {
      Duration budget = options.budget();
      return budget == null ? Double.POSITIVE_INFINITY : budget.toSeconds() - seconds();
    }

    /**
     * @param bounded whether nothing begins after the budget
     */
    void run(List<Task> tasks, boolean bounded) {
      ConcurrentLinkedQueue<Task> queue = new ConcurrentLinkedQueue<>(tasks);
      List<Thread> threads = new ArrayList<>();
      ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < Math.min(options.workers(), tasks.size()); i++) {
        Thread thread = new Thread(() -> work(queue, bounded, failures), "paper-" + i);
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          stop();
          Thread.currentThread().interrupt();
        }
      }
      RuntimeException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
    }

    private void work(
        Queue<Task> queue, boolean bounded, ConcurrentLinkedQueue<RuntimeException> failures) {
      try {
        Worker worker = idle.poll();
        if (worker == null) {
          worker = workers.get();
        }
        Lines lines = new Lines(this);
        while (!stopped.get() && failures.isEmpty() && !(bounded && secondsLeft() <= 0)) {
          Task task = queue.poll();
          if (task == null) {
            break;
          }
          if (!task.isDone()) {
            tell(task.toString());
            if (!worker.run(task.name(), lines)) {
              queue.add(task);
              LockSupport.parkNanos(PAUSE_NANOS);
            } else if (!stopped.get() && !task.isDone()) {
              unended.add(task.toString());
            }
          }
        }
        idle.add(worker);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }

    /** Everything that is missing, or the core and what is left of the budget. */
    void tell(String what) {
      List<Task> missing = pending(tasks.all(), each -> true);
      List<Task> core = pending(missing, task -> task.study().study().isCore());
      double bound = Math.max(clock.seconds(core) / options.workers(), secondsLeft());
      double left = Math.max(1, Math.min(clock.seconds(missing) / options.workers(), bound));
      double spent = seconds();
      synchronized (progress) {
        progress.at(what, Math.round(PARTS * spent / (spent + left)), PARTS);
      }
    }
  }
}
