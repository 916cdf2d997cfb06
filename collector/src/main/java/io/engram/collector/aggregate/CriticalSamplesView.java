package io.engram.collector.aggregate;

import io.engram.events.Split;

/**
 * The latest search for critical samples of one split and radius, example by example. Arrays must
 * not be changed.
 *
 * @param split where the examples come from
 * @param radius half the side of the box, in multiples of 0.3 on the scale of pixels 0 to 255
 * @param looks searches counted
 * @param step updates completed before
 * @param ids examples searched around
 * @param foundAt iteration at which a critical sample was found around the same element of {@code
 *     ids}, 0 where none was
 */
public record CriticalSamplesView(
    Split split, double radius, long looks, long step, int[] ids, int[] foundAt) {}
