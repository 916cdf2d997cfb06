package io.engram.trainer.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * This JVM's class path for others that start often: the first of a kind that ends orderly leaves
 * the classes that it loaded in an archive, from which the next ones take them (JEP 350).
 */
final class SharedClasses {
  private final Path folder;
  private final String classPath;

  /**
   * @param folder for archives, and for jars, because classes in folders are not archived
   */
  SharedClasses(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Files.isDirectory(Path.of(entry)) ? jar(entry, entries.size()) : entry);
    }
    classPath = String.join(File.pathSeparator, entries);
  }

  private String jar(String entry, int number) throws IOException {
    String jar = folder.resolve("classes-%d.jar".formatted(number)).toString();
    int failed =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "--create", "--file", jar, "-C", entry, ".");
    if (failed != 0) {
      throw new IOException("no jar of " + entry);
    }
    return jar;
  }

  /**
   * Options of a JVM.
   *
   * @param kind of program, of which each has an archive of its own
   */
  List<String> options(String kind) {
    Path archive = folder.resolve(kind + ".jsa");
    String use = Files.exists(archive) ? "SharedArchiveFile" : "ArchiveClassesAtExit";
    return List.of("-XX:%s=%s".formatted(use, archive), "-Xlog:disable", "-classpath", classPath);
  }
}
