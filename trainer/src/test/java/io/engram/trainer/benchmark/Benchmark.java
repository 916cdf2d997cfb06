package io.engram.trainer.benchmark;

import java.util.List;

/** Something that can be measured by name. */
interface Benchmark {
  /** What selects it, and the beginning of the names of its rows. */
  String name();

  /** Measures, in its own time and with its own warm-up. */
  List<BenchmarkRow> run() throws Exception;
}
