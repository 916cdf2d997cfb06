/**
 * The whole system as a user starts it, scraped by a real Prometheus, looked at in a real browser.
 */
@NullMarked
package io.engram.trainer.endtoend;

import org.jspecify.annotations.NullMarked;
