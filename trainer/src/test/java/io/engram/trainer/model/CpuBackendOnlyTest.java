package io.engram.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.nd4j.linalg.factory.Nd4jBackend;

final class CpuBackendOnlyTest {
  @TempDir Path folder;

  @Test
  void anotherBackendOnTheClasspathIsNotOffered() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Nd4jBackend.class.getName()), "org.nd4j.linalg.jcublas.JCublasBackend\n");
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader both = new URLClassLoader(urls, getClass().getClassLoader())) {
      assertThatThrownBy(() -> ServiceLoader.load(Nd4jBackend.class, both).forEach(backend -> {}))
          .isInstanceOf(ServiceConfigurationError.class)
          .hasMessageContaining("JCublasBackend");
      assertThat(ServiceLoader.load(Nd4jBackend.class, new CpuBackendOnly(both)))
          .singleElement()
          .isInstanceOf(CpuBackend.class);
    }
  }
}
