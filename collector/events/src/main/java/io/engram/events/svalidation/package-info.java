/**
 * What the counts of {@link io.engram.events.SValidationScored} say. The collector judges by it;
 * the trainer asks it when enough permutations are drawn.
 */
@NullMarked
package io.engram.events.svalidation;

import org.jspecify.annotations.NullMarked;
