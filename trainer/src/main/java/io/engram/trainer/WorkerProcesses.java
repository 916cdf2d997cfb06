package io.engram.trainer;

import io.engram.trainer.experiment.paper.Worker;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Workers in processes of their own, which end with this one. */
final class WorkerProcesses implements Supplier<Worker>, AutoCloseable {
  private static final long MEGABYTE = 1 << 20;
  private static final long LEAST_MEGABYTES = 512;

  /** Of this process' own options, those that a second process would be hurt by. */
  private static final List<String> OWN =
      List.of("-Xmx", "-Xms", "-XX:MaxRAM", "-XX:ArchiveClassesAtExit", "-agent", "-javaagent");

  private final List<String> command;
  private final Path logs;
  private final List<WorkerProcess> processes = new CopyOnWriteArrayList<>();

  /**
   * @param most how many there will be, who share what memory this process may have
   * @param arguments of {@code engram} that start one
   * @param logs folder of what they have to tell
   * @throws InvalidSettingException if it cannot be made
   */
  WorkerProcesses(int most, List<String> arguments, Path logs) {
    this.logs = logs;
    command = new ArrayList<>(java(most));
    command.addAll(arguments);
    try {
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new InvalidSettingException("--out", "%s cannot be made: %s".formatted(logs, e));
    }
  }

  private static List<String> java(int most) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN.stream().noneMatch(option::startsWith))
        .forEach(java::add);
    long share = Runtime.getRuntime().maxMemory() / MEGABYTE / most;
    java.add("-Xmx%dm".formatted(Math.max(LEAST_MEGABYTES, share)));
    java.addAll(List.of("-classpath", System.getProperty("java.class.path"), Main.class.getName()));
    return java;
  }

  @Override
  public synchronized Worker get() {
    Path log = logs.resolve("worker-%d.log".formatted(processes.size() + 1));
    WorkerProcess process = new WorkerProcess(command, log);
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    processes.forEach(WorkerProcess::end);
    processes.forEach(WorkerProcess::close);
  }
}
