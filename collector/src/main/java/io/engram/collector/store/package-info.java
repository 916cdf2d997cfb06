/** The state of the aggregates on disk. */
@NullMarked
package io.engram.collector.store;

import org.jspecify.annotations.NullMarked;
