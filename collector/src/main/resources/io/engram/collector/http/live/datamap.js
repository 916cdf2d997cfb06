// Each example at its mean confidence and its variability (Swayamdipta et al. 2020).

import { frame, make } from "./dom.js";
import { percent } from "./format.js";

const POINTS = 2000;
const MARGIN = { left: 46, right: 8, top: 8, bottom: 34 };
const MOST_VARIABLE = 0.5;

export class DataMap {
  path = `data-map?points=${POINTS}`;
  #canvas = make("canvas", "");
  #points = [];
  root = frame(
    "data-map",
    "Data map",
    "Each dot an example: top left is easy, bottom left is hard or labelled wrong, right is undecided. Rings are examples whose label is known to be wrong.",
    make("div", "plot", this.#canvas),
  );

  constructor() {
    this.#canvas.setAttribute("role", "img");
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.#canvas.parentElement);
  }

  show({ points }) {
    this.#points = points;
    const flipped = points.filter(isFlipped).length;
    this.#canvas.setAttribute("aria-label", `Data map of ${points.length} examples, ${flipped} of them with flipped labels.`);
    this.#draw();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#canvas.parentElement;
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = width * ratio;
    this.#canvas.height = height * ratio;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    const pen = this.#canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const style = getComputedStyle(this.#canvas);
    const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const x = (variability) => MARGIN.left + (variability / MOST_VARIABLE) * inner.width;
    const y = (confidence) => MARGIN.top + (1 - confidence) * inner.height;
    axes(pen, style, inner, x, y);
    const colour = style.getPropertyValue("--run").trim();
    for (const point of this.#points) {
      const flipped = isFlipped(point);
      pen.beginPath();
      pen.arc(x(point.variability), y(point.confidence), flipped ? 3 : 2, 0, 2 * Math.PI);
      if (flipped) {
        pen.strokeStyle = style.getPropertyValue("--bad").trim();
        pen.stroke();
      } else {
        pen.fillStyle = `${resolve(colour, style)}70`;
        pen.fill();
      }
    }
  }
}

function isFlipped({ labels }) {
  return labels === "flipped";
}

function axes(pen, style, inner, x, y) {
  pen.font = "12px system-ui, sans-serif";
  pen.fillStyle = style.getPropertyValue("--ink-soft").trim();
  pen.strokeStyle = style.getPropertyValue("--grid").trim();
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    pen.fillText(percent(share).replace(".0", ""), MARGIN.left - 6, y(share));
    pen.beginPath();
    pen.moveTo(MARGIN.left, y(share));
    pen.lineTo(MARGIN.left + inner.width, y(share));
    pen.stroke();
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const deviation of [0, 0.1, 0.2, 0.3, 0.4, 0.5]) pen.fillText(deviation, x(deviation), y(0) + 5);
  pen.fillText("standard deviation of the confidence in the given label", MARGIN.left + inner.width / 2, y(0) + 19);
}

/** The colour behind a variable that may name another one. */
function resolve(colour, style) {
  const name = /^var\((--[\w-]+)\)$/.exec(colour);
  return name ? style.getPropertyValue(name[1]).trim() : colour;
}
