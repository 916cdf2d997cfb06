package io.engram.trainer.experiment.paper;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.trainer.experiment.ClaimJson;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report as files: {@code report.html}, {@code report.json}, {@code claims.csv}, {@code
 * EXPERIMENTS.md} and a CSV file a table in {@code tables}. The same runs give the same files.
 */
public final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PaperReport report;

  public Documents(PaperReport report) {
    this.report = report;
  }

  /**
   * Writes all of them.
   *
   * @throws InvalidSettingException if the folder cannot be written to
   */
  public void write(Path out) {
    try {
      Files.createDirectories(out);
      Files.writeString(out.resolve("report.html"), new Page(report).html());
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      Files.writeString(
          out.resolve("report.json"), JSON.writer(printer).writeValueAsString(json()) + "\n");
      Files.writeString(out.resolve("claims.csv"), claims().csv());
      Files.writeString(out.resolve("EXPERIMENTS.md"), markdown());
      for (PaperReport.Section section : report.sections()) {
        tables(out.resolve("tables").resolve(section.name()), section.report().tables());
      }
      tables(out.resolve("tables").resolve("onset-detectors"), report.detectors());
    } catch (IOException e) {
      throw new InvalidSettingException("--out", "%s cannot be written: %s".formatted(out, e));
    }
  }

  private static void tables(Path folder, List<Table> tables) throws IOException {
    if (!tables.isEmpty()) {
      Files.createDirectories(folder);
    }
    for (Table table : tables) {
      Files.writeString(folder.resolve(table.name() + ".csv"), table.csv());
    }
  }

  /** A row a claim. */
  public Table claims() {
    List<List<Object>> rows = new ArrayList<>();
    for (Answer answer : report.answers()) {
      rows.add(
          List.of(
              answer.claim().id(),
              answer.claim().figure(),
              answer.claim().statement(),
              answer.ran(),
              answer.numbers(),
              answer.word()));
    }
    return new Table(
        "claims",
        "Claims",
        List.of("claim", "figure", "what it says", "what was run", "numbers", "verdict"),
        rows);
  }

  /** The table of claims, and what was seen where they do not hold. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# The papers' claims, at scale `%s`%n%n".formatted(report.scale()));
    text.append(
        "Written by `engram experiment all --scale %s`; the report beside it has every number.%n"
            .formatted(report.scale()));
    text.append(
        "Arpit et al. 2017 (arXiv 1706.05394), Krueger et al. 2017, Chaibub Neto 2018 (arXiv"
            + " 1802.07714).\n\n");
    Table claims = claims();
    text.append(row(claims.header())).append("|---|---|---|---|---|---|\n");
    claims.rows().forEach(row -> text.append(row(row)));
    text.append("\n## Where a claim does not hold here\n");
    for (Answer answer : report.answers()) {
      if (!answer.paragraph().isEmpty()) {
        text.append("%n**%s.** %s%n".formatted(answer.claim().id(), escaped(answer.paragraph())));
      }
    }
    text.append("\n## Rules and data\n");
    report.notes().forEach(note -> text.append('\n').append(escaped(note)).append('\n'));
    if (!report.detectors().isEmpty()) {
      text.append("\n## The onset detectors on the runs of noise-levels\n");
      for (Table table : report.detectors()) {
        if (!table.rows().isEmpty()) {
          text.append("%n%s%n%n```%n%s```%n".formatted(table.caption(), table.text()));
        }
      }
    }
    return text.toString();
  }

  private static String row(List<?> cells) {
    StringBuilder row = new StringBuilder("|");
    cells.forEach(cell -> row.append(' ').append(escaped(Table.text(cell))).append(" |"));
    return row.append('\n').toString();
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("scale", report.scale());
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    ArrayNode claims = root.putArray("claims");
    for (Answer answer : report.answers()) {
      ObjectNode node = claims.addObject();
      node.put("id", answer.claim().id());
      node.put("figure", answer.claim().figure());
      node.put("statement", answer.claim().statement());
      node.put("ran", answer.ran());
      node.put("verdict", answer.word());
      ArrayNode parts = node.putArray("parts");
      answer.parts().forEach(part -> ClaimJson.put(parts.addObject(), part));
    }
    ArrayNode studies = root.putArray("studies");
    for (PaperReport.Section section : report.sections()) {
      ObjectNode node = studies.addObject();
      node.put("name", section.name());
      node.put("figure", section.figure());
      node.put("ran", section.ran());
      json(node.putArray("tables"), section.report().tables());
    }
    json(root.putArray("onset_detectors"), report.detectors());
    return root;
  }

  private static void json(ArrayNode into, List<Table> tables) {
    for (Table table : tables) {
      ObjectNode node = into.addObject();
      node.put("name", table.name());
      node.put("caption", table.caption());
      ArrayNode header = node.putArray("header");
      table.header().forEach(header::add);
      ArrayNode rows = node.putArray("rows");
      for (List<Object> row : table.rows()) {
        ArrayNode cells = rows.addArray();
        row.forEach(cell -> cells.addPOJO(cell instanceof Double d && d.isNaN() ? null : cell));
      }
    }
  }
}
