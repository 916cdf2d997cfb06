// Lines of a figure as they are drawn: in the unit of the x axis, smoothed as is chosen.

import { colour } from "./palette.js";
import { smoothed } from "./smoothing.js";
import { choice, choose } from "./state.js";

/** How far a smoothed line averages to either side, as a share of the run. */
const REACHES = { none: 0, light: 0.004, medium: 0.012, strong: 0.04 };
const USUAL = "medium";

export const SMOOTHINGS = Object.keys(REACHES);

export function smoothing() {
  return choice("smooth") in REACHES ? choice("smooth") : USUAL;
}

export function chooseSmoothing(name) {
  choose("smooth", name === USUAL ? null : name);
}

/**
 * @param line {run, kind, dash, smooth, points, band, left, scale}; band is null or {lower, upper},
 *     left the points of each branch that the run left, scale is what one step is in the unit
 * @returns {run, kind, dash, colour, points, raw, band, left}; raw, what the points smooth, or null
 */
export function drawn(line) {
  const scaled = (points) => points.map(({ x, y }) => ({ x: x * line.scale, y }));
  const points = scaled(line.points);
  const reach = line.smooth ? REACHES[smoothing()] * (points.at(-1)?.x - points[0]?.x) : 0;
  return {
    run: line.run,
    kind: line.kind,
    dash: line.dash,
    colour: colour(line.run),
    points: reach > 0 ? smoothed(points, reach) : points,
    raw: reach > 0 ? points : null,
    band: line.band ? { lower: scaled(line.band.lower), upper: scaled(line.band.upper) } : null,
    left: line.left.map(scaled).map((branch) => (reach > 0 ? smoothed(branch, reach) : branch)),
  };
}
