// Takes a chart home: as a picture on white paper with its title, its legend and its runs, or as CSV.

import { make, text } from "./dom.js";
import { DASHES, stroke, words } from "./paint.js";
import { colour } from "./palette.js";
import { FONT, onWhite, style } from "./theme.js";

const WIDTH = 1100;
const MARGIN = 28;
const RATIO = 2;
const LINE = 19;
const MARK = 34;
const FEW_RUNS = 3;

/** The two buttons of a chart. */
export class Saver {
  /**
   * @param chart {id, title, how, runs, legend, height(width), paint(pen, width, height, ratio),
   *     table}: legend is {runs, kinds}, kinds [{words, dash or swatch or neither}]; table {link} or {rows}, the
   *     first of them names with units
   */
  constructor(chart) {
    const button = (name, said, save) => {
      const made = text("button", "save", name);
      made.type = "button";
      made.title = `Save ${said}`;
      made.setAttribute("aria-label", `Save ${chart.title} ${said}`);
      made.addEventListener("click", save);
      return made;
    };
    this.root = make(
      "div",
      "saves",
      button("PNG", "as a picture", () => picture(chart)),
      button("CSV", "as a table", () => saveTable(chart)),
    );
  }
}

async function picture(chart) {
  const canvas = onWhite(() => paint(chart));
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  saveBlob(blob, `${nameOf(chart)}.png`);
}

async function saveTable(chart) {
  const { link, rows } = await chart.table;
  if (link) save(link, `${nameOf(chart)}.csv`);
  else saveBlob(new Blob([csv(rows)], { type: "text/csv" }), `${nameOf(chart)}.csv`);
}

function saveBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function save(href, name) {
  const link = make("a", "");
  link.href = href;
  link.download = name;
  link.click();
}

/** engram, what it is, and of which runs, as far as they are few. */
export function nameOf({ id, runs }) {
  const of = runs.length > FEW_RUNS ? [`${runs.length}-runs`] : runs;
  return ["engram", id, ...of].join("-");
}

/** Rows as RFC 4180 has them; what is missing is an empty field. */
export function csv(rows) {
  const field = (value) => {
    const said = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
  };
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function paint(chart) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const inner = WIDTH - 2 * MARGIN;
  pen.font = `400 13px ${FONT}`;
  const how = broken(pen, chart.how, inner);
  const legend = placed(pen, chart.legend, inner);
  const height = chart.height(inner);
  const head = MARGIN + 30 + how.length * LINE + 8;
  const plot = head + legend.rows * LINE + 14;
  canvas.width = WIDTH * RATIO;
  canvas.height = (plot + height + MARGIN + 10) * RATIO;
  pen.scale(RATIO, RATIO);
  pen.fillStyle = style("--card");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  words(pen, chart.title, MARGIN, MARGIN + 10, { size: 21, weight: 700, colour: style("--ink") });
  how.forEach((line, i) => words(pen, line, MARGIN, MARGIN + 40 + i * LINE, { size: 13 }));
  for (const entry of legend.entries) drawEntry(pen, entry, MARGIN, head + LINE / 2);
  pen.save();
  pen.translate(MARGIN, plot);
  chart.paint(pen, inner, height, RATIO);
  pen.restore();
  words(pen, "Engram", WIDTH - MARGIN, plot + height + MARGIN - 8, { size: 11, align: "right", colour: style("--ink-faint") });
  return canvas;
}

function broken(pen, sentence, room) {
  const lines = [""];
  for (const word of sentence.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function placed(pen, { runs, kinds }, room) {
  const all = [
    ...runs.map((run) => ({ words: run, colour: colour(run), dash: "solid" })),
    ...kinds.map((kind) => ({ colour: style("--ink-soft"), ...kind })),
  ];
  let [x, row] = [0, 0];
  const entries = all.map((entry) => {
    const mark = entry.dash || entry.swatch ? MARK : 0;
    const width = mark + pen.measureText(entry.words).width + 20;
    if (x > 0 && x + width > room) [x, row] = [0, row + 1];
    const placed = { ...entry, mark, x, row };
    x += width;
    return placed;
  });
  return { entries, rows: all.length > 0 ? row + 1 : 0 };
}

function drawEntry(pen, { words: said, colour, dash, swatch, mark, x, row }, left, top) {
  const y = top + row * LINE;
  if (swatch) {
    pen.fillStyle = colour;
    pen.fillRect(left + x + 8, y - 5, 12, 10);
  } else if (dash) {
    stroke(pen, colour, 2.5, DASHES[dash], [left + x, y], [left + x + 26, y]);
  }
  words(pen, said, left + x + mark, y, { size: 13, colour: style("--ink") });
}
