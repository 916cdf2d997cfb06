package io.engram.collector.http;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.alert.AlertBoard;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.watch.Watches;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * What a collector knows, to be served.
 *
 * @param runs the runs
 * @param watches what is decided of them
 * @param board what Alertmanager tells
 * @param registry scraped at /metrics; the runs' metrics are registered in it
 * @param metrics counts what is skipped and refused
 */
public record Served(
    Runs runs,
    Watches watches,
    AlertBoard board,
    PrometheusRegistry registry,
    CollectorMetrics metrics) {}
