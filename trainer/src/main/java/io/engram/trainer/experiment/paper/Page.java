package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Table;
import java.util.List;

/** The report as one page that needs nothing else, on a screen, light or dark, and on paper. */
final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#222;--faint:#666;--line:#ccc;--paper:#fff;--head:#f3f4f6}
      @media(prefers-color-scheme:dark){
      :root{--ink:#d5d8dc;--faint:#9aa0a6;--line:#3a3f45;--paper:#16181c;--head:#22262b}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
      max-width:75rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;font-size:13px;width:100%;margin:.6rem 0}
      .wide{overflow-x:auto}
      th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
      th{background:var(--head)}td.n{text-align:right;font-variant-numeric:tabular-nums}
      .faint{color:var(--faint)}figure{margin:1rem 0;max-width:56rem}
      figure svg{width:100%;height:auto}h2{margin-top:2.5rem}
      @media print{:root{--ink:#000;--faint:#444;--line:#999;--paper:#fff;--head:#eee}
      body{max-width:none;margin:0;font-size:10pt}table{font-size:8pt}
      figure,tr{break-inside:avoid}h2{break-after:avoid}.wide{overflow:visible}}
      """;

  private final PaperReport report;
  private final StringBuilder html = new StringBuilder();

  Page(PaperReport report) {
    this.report = report;
  }

  String html() {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    String title = "The papers' claims, at scale " + report.scale();
    html.append(escaped(title)).append("</title>\n<style>\n").append(STYLE).append("</style>");
    html.append("</head>\n<body>\n<h1>").append(escaped(title)).append("</h1>\n");
    claims();
    html.append("<h2>Where a claim does not hold here</h2>\n");
    for (Answer answer : report.answers()) {
      if (!answer.paragraph().isEmpty()) {
        html.append("<p><b>").append(answer.claim().id()).append("</b> ");
        html.append(escaped(answer.paragraph())).append("</p>\n");
      }
    }
    html.append("<h2>Rules and data</h2>\n");
    report.notes().forEach(this::paragraph);
    report.sections().forEach(this::section);
    if (!report.detectors().isEmpty()) {
      html.append("<h2>The onset detectors on the runs of noise-levels</h2>\n");
      report.detectors().forEach(this::table);
    }
    return html.append("</body></html>\n").toString();
  }

  private void claims() {
    html.append("<div class=\"wide\"><table><thead><tr>");
    for (String head : List.of("claim", "what it says", "what was run", "numbers", "verdict")) {
      html.append("<th>").append(head).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
    for (Answer answer : report.answers()) {
      html.append("<tr><td>").append(answer.claim().id()).append("</td><td>");
      html.append(escaped(answer.claim().statement()));
      html.append(" <span class=\"faint\">").append(escaped(answer.claim().figure()));
      html.append("</span></td><td>").append(escaped(answer.ran())).append("</td><td>");
      html.append(escaped(answer.numbers())).append("</td><td>");
      html.append(escaped(answer.word())).append("</td></tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private void section(PaperReport.Section section) {
    Report of = section.report();
    html.append("<h2 id=\"").append(section.name()).append("\">").append(escaped(of.title()));
    html.append("</h2>\n");
    paragraph(section.figure() + ". " + section.ran() + ".");
    of.notes().forEach(this::paragraph);
    for (Claim claim : of.claims()) {
      html.append("<p><b>").append(escaped(claim.id() + " " + claim.verdict()));
      html.append("</b> ").append(escaped(claim.statement())).append("<br>");
      html.append(escaped(claim.numbers())).append("<br>").append(escaped(claim.reason()));
      html.append("</p>\n");
    }
    for (Figure figure : of.figures()) {
      html.append("<figure>").append(figure.svg());
      html.append("<figcaption class=\"faint\">").append(escaped(figure.title()));
      html.append("</figcaption></figure>\n");
    }
    of.tables().forEach(this::table);
  }

  private void paragraph(String text) {
    html.append("<p>").append(escaped(text)).append("</p>\n");
  }

  private void table(Table table) {
    if (table.rows().isEmpty()) {
      return;
    }
    html.append("<h3>").append(escaped(table.caption())).append("</h3>\n");
    if (!table.isShort()) {
      html.append(
          "<p class=\"faint\">%,d rows, in %s.csv</p>%n"
              .formatted(table.rows().size(), escaped(table.name())));
      return;
    }
    html.append("<div class=\"wide\"><table><thead><tr>");
    table.header().forEach(head -> html.append("<th>").append(escaped(head)).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (List<Object> row : table.rows()) {
      html.append("<tr>");
      for (Object cell : row) {
        html.append(cell instanceof Number ? "<td class=\"n\">" : "<td>");
        html.append(escaped(Table.text(cell))).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
