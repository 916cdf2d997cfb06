/**
 * Grafana's dashboards, held against rules, and against a Prometheus that has scraped real runs.
 */
@NullMarked
package io.engram.trainer.dashboards;

import org.jspecify.annotations.NullMarked;
