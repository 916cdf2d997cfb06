/**
 * Search for inputs near an example that a network classifies otherwise (Arpit et al. 2017, §4).
 */
@NullMarked
package io.engram.trainer.probe.critical;

import org.jspecify.annotations.NullMarked;
