/** The rules, routes and the runbook that are shipped: whether they hold what they promise. */
@NullMarked
package io.engram.collector.rules;

import org.jspecify.annotations.NullMarked;
