/**
 * What Alertmanager tells of alerts, of those that the rules of Prometheus raise. Pure Java; single
 * writer, as the aggregates.
 */
@NullMarked
package io.engram.collector.alert;

import org.jspecify.annotations.NullMarked;
