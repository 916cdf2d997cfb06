/** Engram for training loops that are DeepLearning4J's own: a listener, and what it needs. */
@NullMarked
package io.engram.trainer.listener;

import org.jspecify.annotations.NullMarked;
