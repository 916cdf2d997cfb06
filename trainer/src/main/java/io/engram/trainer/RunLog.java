package io.engram.trainer;

import java.nio.file.Path;

/** Where the program's log goes. */
final class RunLog {
  private static final String CONFIGURATION = "logback.configurationFile";

  private RunLog() {}

  /**
   * Lets the log go to a file, and only errors to the console as well, where the user has not said
   * otherwise. Has no effect once something was logged.
   */
  static void toFile(Path file) {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty("engram.log", file.toAbsolutePath().toString());
      System.setProperty(CONFIGURATION, "logback-file.xml");
    }
  }
}
