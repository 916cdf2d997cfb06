/**
 * Benchmarks: {@code mvn -q -Pbenchmarks} runs them all, {@code -Dengram.benchmarks=regex} those
 * with a matching name. What is compared runs turn by turn in one process, and every number has an
 * interval. Results go to the root's {@code target/benchmarks.json}.
 */
@NullMarked
package io.engram.trainer.benchmark;

import org.jspecify.annotations.NullMarked;
