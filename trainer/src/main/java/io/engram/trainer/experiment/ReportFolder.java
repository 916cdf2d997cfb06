package io.engram.trainer.experiment;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder with what an experiment found: {@code report.md}, {@code report.json}, a CSV file a
 * table and an SVG file a figure. Files of an earlier run of it are replaced.
 */
public final class ReportFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder where there is none, so that a long experiment does not end without one.
   *
   * @throws InvalidSettingException if it cannot be made or written to
   */
  public static ReportFolder at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw new InvalidSettingException(
          "--out", "%s cannot be written to, must be a folder that can".formatted(folder));
    }
    return new ReportFolder(folder);
  }

  private static InvalidSettingException unusable(Path folder, IOException e) {
    return new InvalidSettingException(
        "--out", "%s cannot be used, must be a folder: %s".formatted(folder, e));
  }

  /**
   * @throws InvalidSettingException if a file cannot be written
   */
  public void write(Experiment experiment, ExperimentContext context, Report report, Run run) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", context.dataset());
    settings.putAll(context.parameters().texts());
    StringBuilder command = new StringBuilder("engram experiment ").append(experiment.name());
    settings.forEach((key, value) -> command.append(" --%s %s".formatted(key, value)));
    write(command.toString(), report, run, json(experiment.name(), settings, report, run));
  }

  /**
   * Writes a report with a {@code report.json} of its own.
   *
   * @param command what it was made by
   * @param json the numbers for a program
   * @throws InvalidSettingException if a file cannot be written
   */
  public void write(String command, Report report, Run run, ObjectNode json) {
    try {
      Files.writeString(folder.resolve("report.md"), Markdown.of(command, report, run));
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      Files.writeString(
          folder.resolve("report.json"), JSON.writer(printer).writeValueAsString(json) + "\n");
      for (Table table : report.tables()) {
        Files.writeString(folder.resolve(table.name() + ".csv"), table.csv());
      }
      for (Figure figure : report.figures()) {
        Files.writeString(folder.resolve(figure.name() + ".svg"), figure.svg());
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * When and how long an experiment ran.
   *
   * @param started date and time, ISO 8601
   * @param seconds of wall-clock time
   * @param processors of the machine
   */
  public record Run(String started, double seconds, int processors) {}

  private static ObjectNode json(
      String name, Map<String, String> settings, Report report, Run run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("experiment", name);
    root.put("title", report.title());
    root.put("started", run.started());
    root.put("seconds", run.seconds());
    root.put("processors", run.processors());
    settings.forEach(root.putObject("settings")::put);
    ArrayNode claims = root.putArray("claims");
    for (Claim claim : report.claims()) {
      ObjectNode node = claims.addObject();
      node.put("id", claim.id());
      ClaimJson.put(node, claim);
    }
    ArrayNode tables = root.putArray("tables");
    report.tables().forEach(table -> tables.add(table.name() + ".csv"));
    ArrayNode figures = root.putArray("figures");
    report.figures().forEach(figure -> figures.add(figure.name() + ".svg"));
    return root;
  }
}
