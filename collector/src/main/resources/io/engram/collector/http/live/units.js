// The unit of the x axis: epochs, at which runs of different lengths and batches are side by side,
// or steps.

import { count } from "./format.js";
import { choice, choose } from "./state.js";

export const UNITS = ["epochs", "steps"];

export function unit() {
  return choice("x") === "steps" ? "steps" : "epochs";
}

export function chooseUnit(name) {
  choose("x", name === "epochs" ? null : name);
}

/** What one step of a run is in the unit. */
export function perStep({ header }) {
  return unit() === "epochs" ? 1 / (header?.training.stepsPerEpoch ?? 1) : 1;
}

/** A place on the x axis in words. */
export function place(x, of = unit()) {
  if (of === "seconds") return `${Math.round(-x)} s ago`;
  return of === "steps" ? `step ${count(x)}` : `epoch ${x.toFixed(2)}`;
}
