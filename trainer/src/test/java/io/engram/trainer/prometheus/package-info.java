/** The whole system as a user starts it, scraped and asked by a real Prometheus. */
@NullMarked
package io.engram.trainer.prometheus;

import org.jspecify.annotations.NullMarked;
