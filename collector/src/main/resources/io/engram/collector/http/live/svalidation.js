// What permuted labels say of the features, checkpoint by checkpoint (Chaibub Neto 2018, Fig 1),
// beside the controls: the untrained network at epoch 0, and the pixels.

import { withCursor } from "./cursor.js";
import { frame, make, say, text } from "./dom.js";
import { count, percent, quantity } from "./format.js";
import { Saver } from "./save.js";
import { ScorePlot, colourOf, named } from "./scoreplot.js";
import { choice, choose } from "./state.js";
import { onTurn, style } from "./theme.js";

export class SValidation {
  id = "s-validation";
  title = "s-validation";
  how =
    "A small classifier on the last hidden layer, asked about perturbed copies of the training images. Boxes: its score on permuted labels, memorizing where it is above chance. Solid: on the labels as given. What the untrained network (epoch 0) or the pixels show too does not come from training.";
  #select = make("select", "");
  #canvas = make("canvas", "");
  #verdicts = make("ul", "verdicts");
  #evidence = make("p", "evidence");
  #plot = new ScorePlot(this.#canvas);
  #answer = { series: [] };
  #view;
  root = frame(
    "svalidation",
    this.title,
    this.how,
    key(),
    make("div", "plot", this.#canvas),
    this.#verdicts,
    this.#evidence,
  );

  constructor() {
    this.root.hidden = true;
    withCursor(this.#canvas, () => this.#plot.chart);
    this.#select.setAttribute("aria-label", "Classifier of the s-validation");
    this.#select.addEventListener("change", () => choose("classifier", this.#select.value));
    this.root.querySelector(".figure-head").append(this.#select, new Saver(this).root);
    onTurn(() => this.#draw());
  }

  path() {
    return "svalidation";
  }

  choose() {
    this.#offer(this.#answer.series);
    this.#draw();
  }

  get runs() {
    return [this.#view.run];
  }

  get legend() {
    const sets = this.#series.sets.map((set, i) => ({ words: named(set), swatch: true, colour: style(colourOf(i)) }));
    return {
      runs: [],
      kinds: [
        { words: this.#view.run },
        ...sets,
        { words: "observed", dash: "solid" },
        { words: "null (box)", dash: "dashed" },
        { words: "validation", dash: "dotted" },
      ],
    };
  }

  height(width) {
    return Math.round(width / 2.4);
  }

  paint(pen, width, height, ratio) {
    this.#plot.paint(pen, width, height, ratio, this.#series, this.#view.header?.training.stepsPerEpoch);
  }

  get table() {
    const { series } = this.#answer;
    const quantiles = ["lowest", "lower", "lowerQuartile", "median", "upperQuartile", "upper", "highest"];
    const rows = series.flatMap((one) =>
      [one.pixels, ...one.checkpoints].filter(Boolean).flatMap((score) =>
        score.sets.map(({ set, observed, permuted, verdict, attributable, reason }) => [
          this.#view.run, one.profile, one.classifier, score === one.pixels ? "pixels" : "network", score.epoch, score.step, named(set), observed,
          ...quantiles.map((name) => permuted[name]), permuted.permutations, one.chance, score.validationAccuracy, verdict, attributable, reason,
        ]),
      ),
    );
    const head = ["run", "profile", "classifier", "features of", "epoch", "step", "perturbation", "observed [share]", ...quantiles.map((name) => `null ${name} [share]`), "permutations", "chance [share]", "validation [share]", "verdict", "attributable", "reason"];
    return { rows: [head, ...rows] };
  }

  get #series() {
    return this.#answer.series.find(({ classifier }) => classifier === this.#select.value);
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
    const chosen = choice("classifier");
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
    const series = this.#series;
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
