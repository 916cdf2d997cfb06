package io.engram.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands of the runbook, those in blocks that are marked as {@code sh}. */
public final class RunbookCommands {
  private RunbookCommands() {}

  /** By heading of the second level, each with its commands, one a line; empty where none. */
  public static Map<String, List<String>> byAlert(Path runbook) throws IOException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(runbook)) {
      if (line.startsWith("## ")) {
        current = new ArrayList<>();
        commands.put(line.substring(3), current);
      } else if (line.startsWith("```")) {
        inside = line.equals("```sh");
      } else if (inside) {
        current.add(line);
      }
    }
    return commands;
  }
}
