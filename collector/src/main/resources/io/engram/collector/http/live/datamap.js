// Each example at its mean confidence and its variability (Swayamdipta et al. 2020).

import { frame, make } from "./dom.js";
import { percent } from "./format.js";
import { fit, stroke, words } from "./paint.js";
import { Saver } from "./save.js";
import { onTurn, see, style } from "./theme.js";
import { colour } from "./palette.js";

const POINTS = 2000;
const MOST_POINTS = 10_000;
const MARGIN = { left: 46, right: 8, top: 8, bottom: 34 };
const MOST_VARIABLE = 0.5;

export class DataMap {
  #canvas = make("canvas", "");
  #holder = make("div", "plot", this.#canvas);
  #points = [];
  #view;
  #base;

  id = "data-map";
  title = "Data map";
  how =
    "Each dot an example: top left is easy, bottom left is hard or labelled wrong, right is undecided. Rings are examples whose label is known to be wrong.";
  root = frame("data-map", this.title, this.how, this.#holder);

  constructor() {
    this.#canvas.setAttribute("role", "img");
    this.root.querySelector(".figure-head").append(new Saver(this).root);
    onTurn(() => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.#holder);
  }

  path() {
    return `data-map?points=${POINTS}`;
  }

  show({ points }, view, base) {
    this.#points = points;
    this.#view = view;
    this.#base = base;
    const flipped = points.filter(isFlipped).length;
    this.#canvas.setAttribute("aria-label", `Data map of ${points.length} examples, ${flipped} of them with flipped labels.`);
    this.#draw();
  }

  get runs() {
    return [this.#view.run];
  }

  get legend() {
    return { runs: this.runs, kinds: this.#points.some(isFlipped) ? [{ words: "known to be labelled wrong", swatch: true, colour: style("--bad") }] : [] };
  }

  height(width) {
    return Math.round(width / 1.8);
  }

  paint(pen, width, height) {
    this.#paint(pen, width, height);
  }

  get table() {
    const head = ["run", "example", "labels", "mean confidence [probability]", "its standard deviation [probability]", "predicted as given [share]"];
    return fetch(`${this.#base}/data-map?points=${MOST_POINTS}`)
      .then((answer) => answer.json())
      .then(({ run, points }) => ({
        rows: [head, ...points.map(({ id, labels, confidence, variability, correctShare }) => [run, id, labels, confidence, variability, correctShare])],
      }));
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#holder;
    if (width > 0 && this.#view) this.#paint(fit(this.#canvas, width, height), width, height);
  }

  #paint(pen, width, height) {
    const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const x = (variability) => MARGIN.left + (variability / MOST_VARIABLE) * inner.width;
    const y = (confidence) => MARGIN.top + (1 - confidence) * inner.height;
    axes(pen, inner, x, y);
    for (const point of this.#points) {
      const flipped = isFlipped(point);
      pen.beginPath();
      pen.arc(x(point.variability), y(point.confidence), flipped ? 3 : 2, 0, 2 * Math.PI);
      if (flipped) {
        pen.strokeStyle = style("--bad");
        pen.lineWidth = 1;
        pen.stroke();
      } else {
        pen.fillStyle = see(colour(this.#view.run), 0.44);
        pen.fill();
      }
    }
  }
}

function isFlipped({ labels }) {
  return labels === "flipped";
}

function axes(pen, inner, x, y) {
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    words(pen, percent(share).replace(".0", ""), MARGIN.left - 6, y(share), { size: 12, align: "right" });
    stroke(pen, style("--grid"), 1, [], [MARGIN.left, y(share)], [MARGIN.left + inner.width, y(share)]);
  }
  for (const deviation of [0, 0.1, 0.2, 0.3, 0.4, 0.5]) words(pen, String(deviation), x(deviation), y(0) + 11, { size: 12, align: "center" });
  words(pen, "standard deviation of the confidence in the given label", MARGIN.left + inner.width / 2, y(0) + 26, { size: 12, align: "center" });
}
