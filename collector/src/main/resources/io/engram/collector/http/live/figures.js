// What is drawn: each figure with the measurements in it and one sentence on how to read it.

import { percent, quantity, short } from "./format.js";

const SOLID = [];
const DASHED = [6, 4];

export const FIGURES = [
  {
    id: "learned",
    title: "Examples learned",
    how: "Share of the training examples whose last prediction was their given label: when the dashed line climbs, wrong labels are being memorized.",
    lines: [
      { series: "examples_learned/clean", kind: "clean labels", dash: SOLID },
      { series: "examples_learned/flipped", kind: "flipped labels", dash: DASHED },
    ],
    format: percent,
    share: true,
  },
  {
    id: "accuracy",
    title: "Accuracy",
    how: "Measured after each epoch: a dashed line that goes on rising while the solid one falls is fit that does not carry over to new examples.",
    lines: [
      { series: "accuracy/validation", kind: "validation", dash: SOLID },
      { series: "accuracy/train", kind: "training, as labelled", dash: DASHED },
    ],
    format: percent,
    share: true,
    dots: true,
  },
  {
    id: "loss",
    title: "Step loss",
    how: "Mean cross-entropy of each mini-batch in nats, pale, and smoothed, bold: with wrong labels, a second descent after a plateau is often memorizing.",
    lines: [{ series: "step_loss", kind: "loss", dash: SOLID, smooth: true }],
    format: quantity,
    log: "off",
  },
  {
    id: "gradient",
    title: "Gradient norm",
    how: "L2 norm of each mini-batch’s gradient, pale, and smoothed, bold: spikes are unstable steps, and near nothing there is nothing left to fit.",
    lines: [{ series: "gradient_norm", kind: "norm", dash: SOLID, smooth: true }],
    format: quantity,
    log: "on",
    perLayer: "gradient_norm/",
  },
  {
    id: "events",
    title: "Events per second",
    how: "What reached the collector in the last two minutes: zero from a run that should be running means that it is stuck or cut off.",
    lines: [{ rate: "events", kind: "events/s", dash: SOLID }],
    format: short,
    low: true,
  },
];
