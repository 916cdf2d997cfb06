package io.engram.trainer.experiment;

import java.util.List;

/**
 * What an experiment found.
 *
 * @param title one line
 * @param notes how it was done, a paragraph each
 * @param claims what it says about the paper's claims
 * @param tables the numbers
 * @param figures the pictures
 */
public record Report(
    String title,
    List<String> notes,
    List<Claim> claims,
    List<Table> tables,
    List<Figure> figures) {
  public Report {
    notes = List.copyOf(notes);
    claims = List.copyOf(claims);
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
  }
}
