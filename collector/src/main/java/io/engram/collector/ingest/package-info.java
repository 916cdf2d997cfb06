/**
 * Events as lines of JSON, for trainers that are not Engram's own: how they are read, and their
 * schema. Both are derived from the event records, so that they cannot differ from them.
 */
@NullMarked
package io.engram.collector.ingest;

import org.jspecify.annotations.NullMarked;
