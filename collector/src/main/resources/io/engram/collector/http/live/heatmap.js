// The norms of each layer over time, as a map: a row for a layer, a column for a stretch of steps.

import { announce, frame, make, say, text } from "./dom.js";
import { count, quantity } from "./format.js";
import { raised } from "./onset.js";
import { ONSET_DASHES, fit, powers, round, stroke, words } from "./paint.js";
import { ramp, rampColour } from "./ramp.js";
import { Saver } from "./save.js";
import { choice, choose } from "./state.js";
import { onTurn, style } from "./theme.js";
import { perStep, place, unit } from "./units.js";

const POINTS = 600;
const COLUMN = 4;
const ROW = 30;
const LOWEST = 8;
const MANY_LAYERS = 12;
const MARGIN = { right: 82, top: 4, bottom: 36 };
const MEASURES = { gradient_norm: "gradient norm", update_ratio: "update ÷ parameters" };

export class HeatMap {
  #canvas = make("canvas", "");
  #holder = make("div", "plot", this.#canvas);
  #said = make("p", "timeline-said");
  #select = make("select", "");
  #series = [];
  #view;
  #cells;
  #at = null;

  id = "gradients-by-layer";
  how =
    "The colour of a cell is the geometric mean of the smallest and the largest value in its stretch, on a logarithmic scale. A row that darkens has stopped learning; one that lights up is about to explode.";
  root = frame("heat-map", "Gradients by layer", this.how, this.#holder, this.#said);

  constructor() {
    this.root.hidden = true;
    this.#select.setAttribute("aria-label", "What the map of the layers shows");
    for (const [name, said] of Object.entries(MEASURES)) {
      const option = text("option", "", said);
      option.value = name;
      this.#select.append(option);
    }
    this.#select.addEventListener("change", () => choose("heat", this.#select.value === "gradient_norm" ? null : this.#select.value));
    this.root.querySelector(".figure-head").append(this.#select, new Saver(this).root);
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-roledescription", "chart");
    this.#canvas.addEventListener("keydown", (event) => this.#onKey(event));
    this.#canvas.addEventListener("blur", () => this.#to(null));
    this.#canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => this.#to(this.#cellAt(offsetX, offsetY)));
    this.#canvas.addEventListener("pointerleave", () => this.#to(null));
    onTurn(() => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.#holder);
  }

  path({ gradients }) {
    const names = gradients.layers.map(({ layer }) => ["name", `${this.#measure}/${layer}`]);
    return names.length > 0 ? `series?${new URLSearchParams([["points", POINTS], ...names])}` : null;
  }

  /** What tells whether there is something new. */
  state({ run, incarnation, step }) {
    return `${run} ${incarnation} ${step} ${this.#measure} ${unit()}`;
  }

  show({ series }, view) {
    this.#series = series;
    this.#view = view;
    this.root.hidden = !series.some(({ steps }) => steps.length > 0);
    this.choose();
  }

  choose() {
    this.#select.value = this.#measure;
    this.#draw();
  }

  get title() {
    return `Gradients by layer, ${MEASURES[this.#measure]}`;
  }

  get runs() {
    return [this.#view.run];
  }

  get legend() {
    return { runs: this.runs, kinds: [] };
  }

  height() {
    return heightFor(this.#series.length);
  }

  paint(pen, width, height) {
    this.#paint(pen, width, height);
  }

  get table() {
    const names = this.#series.map(({ name }) => ["name", name]);
    return { link: `api/v1/series.csv?${new URLSearchParams([["run", this.#view.run], ...names])}` };
  }

  get #measure() {
    return choice("heat") in MEASURES ? choice("heat") : "gradient_norm";
  }

  #draw() {
    const width = this.#holder.clientWidth;
    if (this.root.hidden || width === 0) return;
    const height = this.height();
    this.#holder.style.height = this.#holder.style.minHeight = `${height}px`;
    const pen = fit(this.#canvas, width, height);
    this.#cells = this.#paint(pen, width, height);
    this.#mark(pen);
    this.#canvas.setAttribute("aria-label", this.#inWords());
  }

  #paint(pen, width, height) {
    const layers = this.#series.map(({ name }) => name.slice(name.indexOf("/") + 1));
    pen.font = "11.5px sans-serif";
    const left = 12 + Math.min(150, Math.max(...layers.map((layer) => pen.measureText(layer).width * 1.1)));
    const area = { left, top: MARGIN.top, width: width - left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const scale = perStep(this.#view);
    const rows = binned(this.#series, Math.max(10, Math.floor(area.width / COLUMN)));
    const [low, high] = rangeOf(rows.cells);
    const columnWidth = area.width / rows.columns;
    const rowHeight = area.height / layers.length;
    const share = (value) => (high > low ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low)) : 1);
    layers.forEach((layer, r) => {
      const top = area.top + r * rowHeight;
      const labelled = layers.length <= MANY_LAYERS || r % Math.ceil(layers.length / MANY_LAYERS) === 0;
      if (labelled) words(pen, layer, left - 10, top + rowHeight / 2, { align: "right", room: left - 12 });
      rows.cells[r].forEach((cell, c) => {
        if (!cell) return;
        pen.fillStyle = cell.bad ? style("--bad") : rampColour(share(middle(cell)));
        // A little wider than it is, or seams show.
        pen.fillRect(area.left + c * columnWidth, top, columnWidth + 0.6, rowHeight - 1);
      });
    });
    const x = (step) => area.left + ((step - rows.first) / (rows.last - rows.first || 1)) * area.width;
    for (const tick of round(rows.first * scale, rows.last * scale, Math.max(3, area.width / 90))) {
      words(pen, count(tick) === "0" && tick > 0 ? quantity(tick) : count(tick), x(tick / scale), area.top + area.height + 9, { align: "center" });
    }
    words(pen, unit(), area.left + area.width / 2, area.top + area.height + 26, { align: "center" });
    for (const { channel, raisedAt } of raised(this.#view)) {
      const at = x(raisedAt.step);
      stroke(pen, "#ffffff", 3, [], [at, area.top], [at, area.top + area.height]);
      stroke(pen, style(channel === "warn" ? "--warn" : "--bad"), 1.5, ONSET_DASHES[channel], [at, area.top], [at, area.top + area.height]);
    }
    if (high > 0) bar(pen, { left: width - MARGIN.right + 16, top: area.top, height: area.height - 1 }, low, high);
    return { ...rows, area, columnWidth, rowHeight, layers, scale, low, high };
  }

  #cellAt(x, y) {
    if (!this.#cells) return null;
    const { area, columnWidth, rowHeight, columns, layers } = this.#cells;
    const column = Math.floor((x - area.left) / columnWidth);
    const row = Math.floor((y - area.top) / rowHeight);
    return column >= 0 && column < columns && row >= 0 && row < layers.length ? { row, column } : null;
  }

  #onKey(event) {
    if (event.key === "Escape") this.#to(null);
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [0, -10], PageDown: [0, 10], Home: [0, -1e9], End: [0, 1e9] };
    const move = moves[event.key];
    if (!move || !this.#cells || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { columns, layers } = this.#cells;
    const from = this.#at ?? { row: 0, column: columns - 1 };
    const within = (value, last) => Math.max(0, Math.min(last, value));
    this.#to({ row: within(from.row + move[0], layers.length - 1), column: within(from.column + move[1], columns - 1) });
    announce(this.#said.textContent);
  }

  #to(at) {
    if (at?.row === this.#at?.row && at?.column === this.#at?.column) return;
    this.#at = at;
    this.#draw();
  }

  #mark(pen) {
    say(this.#said, "");
    if (!this.#at) return;
    const { area, columnWidth, rowHeight, layers, cells, first, last, columns, scale } = this.#cells;
    const { row, column } = this.#at;
    pen.strokeStyle = style("--ink");
    pen.lineWidth = 2;
    pen.strokeRect(area.left + column * columnWidth - 1, area.top + row * rowHeight - 1, columnWidth + 2, rowHeight + 1);
    const from = first + (column * (last - first)) / columns;
    const cell = cells[row]?.[column];
    const value = !cell ? "no value" : cell.bad ? "not finite" : cell.low === cell.high ? quantity(cell.low) : `${quantity(cell.low)} to ${quantity(cell.high)}`;
    say(this.#said, `${layers[row]}, ${place(from * scale)}: ${value}`);
  }

  #inWords() {
    const { layers, low, high } = this.#cells;
    const ends = this.#series.map(({ values }, i) => `${layers[i]} ${quantity(values.at(-1))}`);
    return `${this.title}, ${this.#view.run}: from ${quantity(low)} to ${quantity(high)}. Latest: ${ends.join("; ")}.`;
  }
}

function heightFor(layers) {
  const row = layers > MANY_LAYERS ? Math.max(LOWEST, Math.min(ROW, 420 / layers)) : ROW;
  return MARGIN.top + layers * row + MARGIN.bottom;
}

function middle({ low, high }) {
  return Math.sqrt(low) * Math.sqrt(high);
}

/** Points of all layers in columns of equally many steps; cells {low, high, bad} or undefined. */
export function binned(series, most) {
  const steps = series.flatMap((one) => [one.steps[0], one.steps.at(-1)]).filter((step) => step !== undefined);
  const first = Math.min(...steps);
  const last = Math.max(...steps);
  const columns = Math.max(1, Math.min(most, ...series.map((one) => one.steps.length)));
  const cells = series.map(({ steps, values }) => {
    const row = new Array(columns);
    steps.forEach((step, i) => {
      const column = Math.min(columns - 1, Math.floor(((step - first) / (last - first || 1)) * columns));
      const cell = (row[column] ??= { low: Infinity, high: 0, bad: false });
      if (values[i] === null || !Number.isFinite(values[i])) {
        cell.bad = true;
      } else {
        cell.low = Math.min(cell.low, values[i]);
        cell.high = Math.max(cell.high, values[i]);
      }
    });
    for (let c = 1; c < columns; c++) row[c] ??= row[c - 1];
    return row;
  });
  return { first, last, columns, cells };
}

/** The smallest and the largest colour that is needed; zeros are darkest of all. */
function rangeOf(rows) {
  const known = rows.flat().filter((cell) => cell && !cell.bad && middle(cell) > 0).map(middle);
  return known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 0];
}

function bar(pen, { left, top, height }, low, high) {
  for (let i = 0; i < height; i++) {
    pen.fillStyle = `rgb(${ramp(1 - i / height).join(" ")})`;
    pen.fillRect(left, top + i, 10, 1.5);
  }
  const y = (value) => top + (1 - (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low) || 1)) * height;
  const between = powers(low, high, Math.max(1, height / 22)).filter((value) => y(value) - top > 19 && top + height - y(value) > 19);
  for (const value of [low, ...between, high]) words(pen, quantity(value), left + 15, Math.max(top + 6, Math.min(top + height - 5, y(value))), { size: 11 });
}
