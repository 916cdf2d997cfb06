// What permuted labels say of the features, checkpoint by checkpoint (Chaibub Neto 2018, Fig 1),
// beside the controls: the untrained network at epoch 0, and the pixels.

import { frame, make, say, text } from "./dom.js";
import { count, percent, quantity } from "./format.js";
import { ScorePlot, colourOf, named } from "./scoreplot.js";

export class SValidation {
  path = "svalidation";
  #select = make("select", "");
  #canvas = make("canvas", "");
  #verdicts = make("ul", "verdicts");
  #evidence = make("p", "evidence");
  #plot = new ScorePlot(this.#canvas);
  #answer = { series: [] };
  #view;
  root = frame(
    "svalidation",
    "s-validation",
    "A small classifier on the last hidden layer, asked about perturbed copies of the training images. Boxes: its score on permuted labels, memorizing where it is above chance. Solid: on the labels as given. What the untrained network (epoch 0) or the pixels show too does not come from training.",
    key(),
    make("div", "plot", this.#canvas),
    this.#verdicts,
    this.#evidence,
  );

  constructor() {
    this.root.hidden = true;
    this.#canvas.setAttribute("role", "img");
    this.#select.setAttribute("aria-label", "Classifier of the s-validation");
    this.#select.addEventListener("change", () => this.#draw());
    this.root.querySelector(".figure-head").append(this.#select);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  /** What tells whether there is something new. */
  state({ run, incarnation, measurements }) {
    return `${run} ${incarnation} ${measurements.svalidation.scores}`;
  }

  show(answer, view) {
    this.#answer = answer;
    this.#view = view;
    this.#offer(answer.series);
    this.#draw();
  }

  /** Keeps a chosen classifier; scores of different ones are never in one picture. */
  #offer(series) {
    const chosen = this.#select.value;
    const options = series.map(({ classifier, profile }) => {
      const option = text("option", "", `${profile}: ${classifier}`);
      option.value = classifier;
      return option;
    });
    this.#select.replaceChildren(...options);
    const kept = series.find(({ classifier }) => classifier === chosen);
    this.#select.value = (kept ?? series.find(({ live }) => live) ?? series[0])?.classifier ?? "";
    this.#select.hidden = series.length < 2;
  }

  #draw() {
    const series = this.#answer.series.find(({ classifier }) => classifier === this.#select.value);
    this.root.hidden = !series;
    if (!series) return;
    this.#plot.draw(series, this.#view.header?.training.stepsPerEpoch);
    const latest = series.checkpoints.at(-1) ?? series.pixels;
    this.#verdicts.replaceChildren(...latest.sets.map((set, i) => verdict(set, i)));
    say(this.#evidence, evidence(series, latest, this.#answer.series));
    this.#canvas.setAttribute("aria-label", inWords(series, latest));
  }
}

function verdict(set, index) {
  const mark = make("i", "");
  mark.style.setProperty("--set", `var(${colourOf(index)})`);
  const words = text("span", "", set.reason);
  if (set.attributable) words.dataset.attributable = set.attributable;
  return make("li", "", mark, text("b", "", named(set.set)), words);
}

function place(series, score) {
  return score === series.pixels ? "pixels" : `epoch ${count(score.epoch)}`;
}

function evidence(series, score, all) {
  const { units, deadUnits, distinctRows, meanAbsoluteCorrelation } = score.features;
  const others = all.filter((other) => other !== series && other.checkpoints.some(({ step }) => step === score.step));
  return [
    `Latest: ${place(series, score)}`,
    `${count(series.examples)} examples`,
    `${count(score.sets[0].permuted.permutations)} permutations`,
    `${count(deadUnits)} of ${count(units)} features dead`,
    `${count(distinctRows)} distinct rows`,
    meanAbsoluteCorrelation !== null && `mean |correlation| ${quantity(meanAbsoluteCorrelation)}`,
    `${quantity(score.seconds)} s`,
    series.leftOut > 0 && `${count(series.leftOut)} checkpoints left out`,
    `${series.profile}: ${series.classifier}`,
    others.length > 0 && `also scored by ${others.map(({ profile }) => profile).join(", ")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function inWords(series, score) {
  const sets = score.sets.map(
    ({ set, observed, permuted, reason }) =>
      `${named(set)}: observed ${percent(observed)}, centre of the null ${percent(permuted.median)}, ${reason}`,
  );
  return `s-validation, ${place(series, score)}. Chance ${percent(series.chance)}. ${sets.join(". ")}.`;
}

function key() {
  const entry = (mark, words) => {
    const line = make("i", "");
    line.dataset.mark = mark;
    return make("span", "", line, words);
  };
  return make(
    "div",
    "key",
    entry("box", "null"),
    entry("line", "observed"),
    entry("dotted", "validation"),
    entry("chance", "chance"),
    entry("diamond", "pixels"),
  );
}
