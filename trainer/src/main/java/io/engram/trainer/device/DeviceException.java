package io.engram.trainer.device;

/** No device can be chosen as asked: why, and what would do, in one line. */
public final class DeviceException extends RuntimeException {
  DeviceException(String message) {
    super(message);
  }
}
