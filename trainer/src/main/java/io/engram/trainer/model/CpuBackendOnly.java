package io.engram.trainer.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * A class loader that gives ND4J's search for backends the CPU's alone, and everything else
 * unchanged. Their priorities are environment variables, which a running process cannot set.
 */
final class CpuBackendOnly extends ClassLoader {
  private static final String BACKENDS = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";
  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  CpuBackendOnly(ClassLoader parent) {
    super(parent);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.equals(BACKENDS)) {
      return all;
    }
    List<URL> kept = new ArrayList<>();
    for (URL url : Collections.list(all)) {
      try (InputStream in = url.openStream()) {
        if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(CPU)) {
          kept.add(url);
        }
      }
    }
    return Collections.enumeration(kept);
  }
}
