/**
 * How events travel: addresses on the bus, the codec (by reference inside a JVM), and version 1 of
 * the bytes between JVMs.
 */
@NullMarked
package io.engram.events.wire;

import org.jspecify.annotations.NullMarked;
