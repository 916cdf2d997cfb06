// The examples that look most like they are labelled wrong, as pictures.

import { frame, make, text } from "./dom.js";
import { quantity } from "./format.js";
import { words } from "./paint.js";
import { Pixels } from "./pixels.js";
import { Saver } from "./save.js";
import { style } from "./theme.js";

const SHOWN = 48;
const COLUMNS = 12;
const GAP = 14;
const WORDS = 12;

export class Suspects {
  #list = make("ol", "suspects");
  #pixels = new Pixels();
  #examples = [];
  #view;

  id = "suspects";
  title = "Suspects";
  how =
    "The examples most likely labelled wrong, worst first: the label they were given, and what the network says instead, or said last before it gave in. A check mark means that the label is known to be wrong.";
  root = frame("suspects", this.title, this.how, this.#list);

  constructor() {
    this.root.querySelector(".figure-head").append(new Saver(this).root);
  }

  path() {
    return `examples?order=suspect&limit=${SHOWN}`;
  }

  show({ examples }, view, base) {
    this.#examples = examples;
    this.#view = view;
    this.#list.replaceChildren(...examples.map((example) => this.#tile(example, view, base)));
  }

  get runs() {
    return [this.#view.run];
  }

  get legend() {
    return { runs: this.runs, kinds: [] };
  }

  height(width) {
    const size = (width + GAP) / COLUMNS;
    return Math.ceil(this.#examples.length / COLUMNS) * (size + WORDS);
  }

  paint(pen, width) {
    const size = (width + GAP) / COLUMNS;
    pen.imageSmoothingEnabled = false;
    this.#list.querySelectorAll("canvas").forEach((canvas, i) => {
      const [x, y] = [(i % COLUMNS) * size, Math.floor(i / COLUMNS) * (size + WORDS)];
      pen.drawImage(canvas, x, y, size - GAP, size - GAP);
      const { given, says, wrong } = read(this.#examples[i]);
      words(pen, `${given} → ${says}${wrong ? " ✓" : ""}`, x + (size - GAP) / 2, y + size + 2, { align: "center", colour: style("--ink") });
    });
  }

  get table() {
    const rows = this.#examples.map((example, i) => {
      const { given, says } = read(example);
      const { id, trueLabel, meanMargin, lossSum, forgettingEvents, presentations } = example;
      return [this.#view.run, i + 1, id, given, says, trueLabel < 0 ? "" : trueLabel, meanMargin, lossSum, forgettingEvents, presentations];
    });
    return { rows: [["run", "rank", "example", "given label", "predicted otherwise", "true label", "mean margin [logits]", "summed loss [nats]", "forgotten [times]", "presented [times]"], ...rows] };
  }

  #tile(example, view, base) {
    const { id, trueLabel } = example;
    const { given, says, wrong } = read(example);
    const canvas = make("canvas", "");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `example ${id}`);
    this.#pixels.draw(canvas, view, base, id, given);
    const said = make("span", "", text("b", "", given), text("span", "arrow", " → "), text("b", "", says));
    if (wrong) said.append(text("span", "check", " ✓"));
    const tile = make("li", "suspect", canvas, said);
    tile.title = [
      `example ${id}: given ${given}, last predicted otherwise as ${says}`,
      trueLabel >= 0 ? `true label ${trueLabel}` : "true label not known",
      `mean margin ${quantity(example.meanMargin)}, summed loss ${quantity(example.lossSum)}`,
      `forgotten ${example.forgettingEvents} times in ${example.presentations} presentations`,
    ].join("\n");
    return tile;
  }
}

function read({ given, lastOther, trueLabel }) {
  return { given, says: lastOther < 0 ? given : lastOther, wrong: trueLabel >= 0 && trueLabel !== given };
}
