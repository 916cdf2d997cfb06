/** What the collector serves: metrics, health, the runs API, the event stream and the live page. */
@NullMarked
package io.engram.collector.http;

import org.jspecify.annotations.NullMarked;
