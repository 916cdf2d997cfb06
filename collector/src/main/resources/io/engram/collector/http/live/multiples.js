// Draws one figure as small multiples: a cell for each run, all with the same axes, where lines over
// each other could not be told apart.

import { count, short } from "./format.js";
import { DASHES, LEFT_DASH, ONSET_DASHES, curve, nearest, powers, round, stroke, words } from "./paint.js";
import { see, style } from "./theme.js";

const NARROWEST = 150;
const CELL_HEIGHT = 96;
const AXIS = { left: 42, bottom: 20 };
const TITLE = 17;
const GAP = 10;

/** How high a drawing of so many runs is at a width. */
export function heightFor(runs, width) {
  return rowsFor(runs, width) * (CELL_HEIGHT + GAP) + AXIS.bottom;
}

function columnsFor(runs, width) {
  return Math.max(1, Math.min(runs, Math.floor((width - AXIS.left + GAP) / (NARROWEST + GAP))));
}

function rowsFor(runs, width) {
  return Math.ceil(runs / columnsFor(runs, width));
}

/**
 * @param plan {lines, onsets, unit, log, cursor}: lines as lines.js has them, cursor null or
 *     {run, x}, a place that is marked in all cells and the run that is pointed out
 * @returns the cells [{run, left, top, width, height, x: place at a pixel}]
 */
export function drawMultiples(pen, width, height, figure, plan) {
  const { unit, cursor } = plan;
  const runs = [...new Set(plan.lines.map(({ run }) => run))];
  const columns = columnsFor(runs.length, width);
  const rows = Math.ceil(runs.length / columns);
  const cellWidth = (width - AXIS.left - (columns - 1) * GAP) / columns;
  const cellHeight = (height - AXIS.bottom - rows * GAP) / rows;
  const axes = scales(figure, plan);
  const cells = [];
  runs.forEach((run, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const area = {
      left: AXIS.left + column * (cellWidth + GAP),
      top: row * (cellHeight + GAP) + TITLE,
      width: cellWidth,
      height: cellHeight - TITLE,
    };
    const x = (value) => area.left + ((value - axes.x.low) / (axes.x.high - axes.x.low)) * area.width;
    const y = (value) => area.top + (1 - axes.y.share(value)) * area.height;
    grid(pen, area, axes, y, column === 0, figure);
    if (row === rows - 1 || i + columns >= runs.length) footing(pen, area, axes, x, unit);
    pen.save();
    pen.beginPath();
    pen.rect(area.left, area.top - 1, area.width, area.height + 2);
    pen.clip();
    for (const mark of plan.onsets.filter((one) => one.run === run)) onset(pen, area, mark, x);
    const lines = plan.lines.filter((line) => line.run === run);
    for (const line of lines) draw(pen, line, x, y);
    if (cursor) stroke(pen, style("--ink-faint"), 1, [2, 3], [x(cursor.x), area.top], [x(cursor.x), area.top + area.height]);
    pen.restore();
    heading(pen, area, run, lines, figure, cursor);
    cells.push({ run, ...area, x: (pixel) => axes.x.low + ((pixel - area.left) / area.width) * (axes.x.high - axes.x.low) });
  });
  return cells;
}

function scales(figure, { lines, log }) {
  let [left, right] = [Infinity, -Infinity];
  let [low, high] = figure.share ? [0, 1] : [Infinity, -Infinity];
  let least = Infinity;
  for (const { points, raw, left: branches } of lines) {
    for (const some of [points, ...branches].filter(({ length }) => length > 0)) {
      left = Math.min(left, some[0].x);
      right = Math.max(right, some.at(-1).x);
    }
    for (const { y } of [...(raw ?? points), ...branches.flat()]) {
      if (y === null || !Number.isFinite(y)) continue;
      low = Math.min(low, y);
      high = Math.max(high, y);
      if (y > 0) least = Math.min(least, y);
    }
  }
  if (!(right > left)) [left, right] = [Math.min(0, left), Math.max(1, right)];
  if (!Number.isFinite(left)) [left, right] = [0, 1];
  const x = { low: left, high: right, ticks: round(left, right, 3) };
  if (log && least < high) {
    const [bottom, top] = [Math.log10(least), Math.log10(high)];
    return { x, y: { ticks: powers(least, high, 3), share: (value) => (value > 0 ? (Math.log10(value) - bottom) / (top - bottom) : NaN) } };
  }
  low = Math.min(0, low);
  if (!(high > low)) high = low + 1;
  return { x, y: { ticks: round(low, high, 3), share: (value) => (value - low) / (high - low) } };
}

function grid(pen, area, { y: axis }, y, first, figure) {
  for (const tick of axis.ticks) {
    stroke(pen, style("--grid"), 1, [], [area.left, y(tick)], [area.left + area.width, y(tick)]);
    if (first) words(pen, tickWords(figure, tick), area.left - 5, y(tick), { size: 11, align: "right" });
  }
  stroke(pen, style("--line"), 1, [], [area.left, area.top + area.height], [area.left + area.width, area.top + area.height]);
}

function footing(pen, area, { x: axis }, x, unit) {
  const bottom = area.top + area.height;
  axis.ticks.forEach((tick) => {
    const at = x(tick);
    const align = at < area.left + 8 ? "left" : at > area.left + area.width - 12 ? "right" : "center";
    words(pen, unit === "seconds" ? count(-tick) : short(tick), at, bottom + 10, { size: 11, align });
  });
}

/** Marks as those over the lines of plot.js, without their names: the figure's key tells them. */
function onset(pen, area, { channel, x: at, from }, x) {
  const colour = style(channel === "warn" ? "--warn" : "--bad");
  pen.fillStyle = see(colour, 0.12);
  pen.fillRect(x(from), area.top, x(at) - x(from), area.height);
  stroke(pen, colour, 1.25, ONSET_DASHES[channel], [x(at), area.top], [x(at), area.top + area.height]);
}

function draw(pen, { points, raw, band, left, colour, dash }, x, y) {
  if (band && band.lower.length > 0) {
    curve(pen, [...band.upper, ...[...band.lower].reverse()], x, y);
    pen.fillStyle = see(colour, 0.15);
    pen.fill();
  }
  if (raw) {
    curve(pen, raw, x, y);
    pen.strokeStyle = see(colour, 0.3);
    pen.lineWidth = 0.75;
    pen.stroke();
  }
  pen.setLineDash(LEFT_DASH);
  for (const branch of left) {
    curve(pen, branch, x, y);
    pen.strokeStyle = see(colour, 0.6);
    pen.lineWidth = 1;
    pen.stroke();
  }
  pen.setLineDash([]);
  curve(pen, points, x, y);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.setLineDash(DASHES[dash].map((length) => 0.7 * length));
  pen.stroke();
  pen.setLineDash([]);
}

/** The run's name, and its values at the cursor or at its end. */
function heading(pen, area, run, lines, figure, cursor) {
  const values = lines
    .filter(({ points }) => points.length > 0)
    .map(({ points }) => points[cursor ? nearest(points, cursor.x) : points.length - 1].y)
    .map((value) => (figure.share && value !== null ? `${Math.round(100 * value)} %` : figure.format(value)))
    .join(" · ");
  words(pen, values, area.left + area.width, area.top - 9, { size: 11, align: "right", colour: style("--ink") });
  const room = area.width - pen.measureText(values).width - 10;
  const pointed = cursor?.run === run;
  words(pen, run, area.left, area.top - 9, { size: 11.5, weight: pointed ? 800 : 600, colour: lines[0].colour, room: Math.max(24, room) });
  if (pointed) stroke(pen, lines[0].colour, 1.5, [], [area.left, area.top - 1.5], [area.left + area.width, area.top - 1.5]);
}

export function tickWords(figure, y) {
  if (figure.share) return `${Math.round(100 * y)} %`;
  return y !== 0 && Math.abs(y) < 1e-3 ? y.toExponential(0) : short(+y.toPrecision(3));
}
