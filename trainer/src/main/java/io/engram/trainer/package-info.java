/**
 * The trainer's wiring: the command line, one worker verticle per run, and the collector embedded
 * beside them.
 */
@NullMarked
package io.engram.trainer;

import org.jspecify.annotations.NullMarked;
