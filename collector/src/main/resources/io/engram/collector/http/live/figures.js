// What is drawn: each figure with the measurements in it and one sentence on how to read it. A
// figure with a choice draws what its chosen value stands for; an optional one is there once a run
// has a value for it.

import { percent, quantity, short } from "./format.js";

export const FIGURES = [
  {
    id: "learned",
    title: "Examples learned",
    how: "Share of the training examples whose last prediction was their given label: when the dashed line climbs, wrong labels are being memorized.",
    lines: () => [
      { series: "examples_learned/clean", kind: "clean labels", dash: "solid" },
      { series: "examples_learned/flipped", kind: "flipped labels", dash: "dashed" },
    ],
    format: percent,
    share: true,
  },
  {
    id: "accuracy",
    title: "Accuracy",
    how: "Measured after each epoch: a dashed line that goes on rising while the solid one falls is fit that does not carry over to new examples.",
    lines: () => [
      { series: "accuracy/validation", kind: "validation", dash: "solid" },
      { series: "accuracy/train", kind: "training, as labelled", dash: "dashed" },
    ],
    format: percent,
    share: true,
    dots: true,
  },
  {
    id: "loss",
    title: "Step loss",
    how: "Mean cross-entropy of each mini-batch in nats, pale, and smoothed, bold: with wrong labels, a second descent after a plateau is often memorizing.",
    lines: () => [{ series: "step_loss", kind: "loss", dash: "solid", smooth: true }],
    format: quantity,
    log: "off",
  },
  {
    id: "gradient",
    title: "Gradient norm",
    how: "L2 norm of each mini-batch’s gradient, pale, and smoothed, bold: spikes are unstable steps, and near nothing there is nothing left to fit.",
    choice: { key: "layer", label: "Layer", prefix: "gradient_norm/", none: "all layers" },
    lines: (layer) => [
      { series: layer ? `gradient_norm/${layer}` : "gradient_norm", kind: "norm", dash: "solid", smooth: true },
    ],
    format: quantity,
    log: "on",
  },
  {
    id: "csr",
    title: "Critical samples",
    how: "Share of the examples with an input close by that is classified otherwise, with its 95 % interval: a rise from its lowest is a boundary that bends around single examples.",
    optional: true,
    choice: { key: "radius", label: "Radius", prefix: "csr/validation/", numbers: true, preferred: "8" },
    lines: (radius) => [
      { series: `csr/validation/${radius}`, kind: "validation", dash: "solid", band: true },
      { series: `csr/train/${radius}`, kind: "training", dash: "dashed", band: true },
      { series: `csr/noise/${radius}`, kind: "noise", dash: "dotted", band: true },
    ],
    format: percent,
    share: true,
    dots: true,
  },
  {
    id: "monitored",
    title: "Agreement with given labels",
    how: "Share of the monitored examples predicted as labelled, dropout off: training examples that pull away from the hold-out, labelled alike, are being memorized.",
    optional: true,
    lines: () => [
      { series: "agreement/holdout", kind: "hold-out", dash: "solid" },
      { series: "agreement/training", kind: "training", dash: "dashed" },
    ],
    format: percent,
    share: true,
  },
  {
    id: "canaries",
    title: "Canaries",
    how: "Share of the canaries, whose labels the run itself drew wrong, that are predicted as labelled, beside ghosts that are never trained on: apart means memorizing.",
    optional: true,
    lines: () => [
      { series: "agreement/canary", kind: "canaries", dash: "solid" },
      { series: "agreement/ghost", kind: "ghosts", dash: "dashed" },
    ],
    format: percent,
    share: true,
  },
  {
    id: "gini",
    title: "Inequality of loss-sensitivity",
    how: "Gini coefficient over the examples, 0 is equal: real structure makes the loss depend on few examples, noise makes it depend on all alike.",
    optional: true,
    lines: () => [
      { series: "sensitivity_gini/unrolled", kind: "unrolled", dash: "solid", band: true },
      { series: "sensitivity_gini/truncated", kind: "truncated", dash: "dashed", band: true },
      { series: "sensitivity_gini/direct", kind: "direct", dash: "dotted", band: true },
    ],
    format: quantity,
    dots: true,
  },
  {
    id: "auroc",
    title: "Wrong labels found",
    how: "Chance that a flipped example ranks above a clean one, by each score: 50 % is guessing; it falls once the wrong labels are memorized.",
    optional: true,
    choice: { key: "score", label: "Score", prefix: "mislabel_auroc/", preferred: "combined" },
    lines: (score) => [{ series: `mislabel_auroc/${score}`, kind: "AUROC", dash: "solid" }],
    format: percent,
    dots: true,
  },
  {
    id: "rank",
    title: "Effective rank of gradients",
    how: "How many directions the last layer’s gradients of single examples spread over: above its start, many examples each pull their own way, as wrong labels do.",
    optional: true,
    lines: () => [{ series: "gradient_effective_rank", kind: "rank", dash: "solid" }],
    format: quantity,
    dots: true,
  },
  {
    id: "events",
    title: "Events per second",
    how: "What reached the collector in the last two minutes: zero from a run that should be running means that it is stuck or cut off.",
    lines: () => [{ rate: "events", kind: "events/s", dash: "solid" }],
    format: short,
    rate: true,
    low: true,
  },
];
