package io.engram.trainer.device;

/** The device a user asks for. */
public enum DeviceRequest {
  /** A GPU where there is one, or else the CPU. */
  AUTO,
  CPU,
  CUDA
}
