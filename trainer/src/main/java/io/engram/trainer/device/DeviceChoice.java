package io.engram.trainer.device;

/**
 * The device to start ND4J on.
 *
 * @param cuda the CUDA backend, or else the CPU's
 * @param reason why, in a few words for a log
 */
public record DeviceChoice(boolean cuda, String reason) {}
