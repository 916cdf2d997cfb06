// One colour for each run, the same in every chart and after a reload: the first slot that no
// other known run has, remembered by the browser.

import { style } from "./theme.js";

export const SLOTS = 16;
const KEY = "engram.colours";
const REMEMBERED = 64;

const slots = recall();

function recall() {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Map(saved.filter(([run, slot]) => typeof run === "string" && slot >= 0 && slot < SLOTS));
  } catch {
    return new Map();
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify([...slots].slice(-REMEMBERED)));
  } catch {
    // Without storage the colours hold until the page is left.
  }
}

/** Gives every run of the list a slot; with more than SLOTS runs, slots are shared evenly. */
export function assign(runs) {
  const used = new Array(SLOTS).fill(0);
  for (const run of runs) if (slots.has(run)) used[slots.get(run)]++;
  let changed = false;
  for (const run of runs) {
    if (slots.has(run)) continue;
    const slot = used.indexOf(Math.min(...used));
    used[slot]++;
    slots.set(run, slot);
    changed = true;
  }
  if (changed) remember();
}

/** The style variable that holds the run's colour. */
export function variable(run) {
  return `--run-${slots.get(run) ?? 0}`;
}

/** The run's colour, as what is drawn on has it. */
export function colour(run) {
  return style(variable(run));
}
