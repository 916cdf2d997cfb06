/** The aggregates as Prometheus metrics. */
@NullMarked
package io.engram.collector.metrics;

import org.jspecify.annotations.NullMarked;
