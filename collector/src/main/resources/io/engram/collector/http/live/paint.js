// What drawings on a canvas share: its size, round numbers for its axes, its lines.

import { FONT, style } from "./theme.js";

export const DASHES = { solid: [], dashed: [6, 4], dotted: [2, 3] };
export const LEFT_DASH = [3, 3];
export const ONSET_DASHES = { warn: [2, 3], onset: [], harm: [6, 4] };

/** Fits a canvas to its size on the page and gives a pen whose unit is a pixel of the page. */
export function fit(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  return pen;
}

/** Round numbers from low to high, about as many as asked for. */
export function round(low, high, about) {
  const span = high - low;
  if (!(span > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / about));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => span / size <= about);
  const numbers = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * span; i++) numbers.push(+(i * step).toPrecision(12));
  return numbers;
}

/** Powers of ten from low to high, thinned to about as many as asked for. */
export function powers(low, high, about) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / about));
  const numbers = [];
  for (let power = first; power <= last; power += step) numbers.push(10 ** power);
  return numbers;
}

export function words(pen, said, x, y, { size = 11.5, weight = 400, colour = style("--ink-soft"), align = "left", base = "middle", room } = {}) {
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.textBaseline = base;
  pen.fillText(room ? shortened(pen, said, room) : said, x, y);
}

/** The words, cut to the room that there is. */
function shortened(pen, said, room) {
  if (pen.measureText(said).width <= room) return said;
  let kept = said.length;
  while (kept > 1 && pen.measureText(`${said.slice(0, kept)}…`).width > room) kept--;
  return `${said.slice(0, kept)}…`;
}

export function stroke(pen, colour, width, dash, ...points) {
  pen.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.stroke();
  pen.setLineDash([]);
}

/** A line through points {x, y}; a value that is null is a gap. */
export function curve(pen, points, x, y) {
  let down = false;
  pen.beginPath();
  for (const point of points) {
    const at = point.y === null ? NaN : y(point.y);
    if (!Number.isFinite(at)) {
      down = false;
    } else if (down) {
      pen.lineTo(x(point.x), at);
    } else {
      pen.moveTo(x(point.x), at);
      down = true;
    }
  }
}

/** The index of the point that is nearest to a place; points lie by ascending x. */
export function nearest(points, place) {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].x < place) low = middle;
    else high = middle;
  }
  return high > 0 && Math.abs(points[high].x - place) < Math.abs(points[low].x - place) ? high : low;
}
