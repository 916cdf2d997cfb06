package org.nd4j.nativeblas;

/**
 * Answers DeepLearning4J 1.0.0-M2.1's question whether oneDNN can run its layers. It asks by
 * reflection for this class, which no jar of that release holds any more; without an answer it
 * takes its own, far slower convolutions.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The one class that is asked for. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The instance that is asked. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether the natives on the class path were built with oneDNN. */
    public boolean isUseMKLDNN() {
      return Environment.class.getResource(
              "/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-avx2/libnd4jcpu.so")
          != null;
    }
  }
}
