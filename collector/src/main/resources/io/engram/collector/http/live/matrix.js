// How each class's part of the loss depends on the examples of each class (Arpit et al. 2017, Fig 4).

import { frame, make, text } from "./dom.js";
import { quantity } from "./format.js";
import { words } from "./paint.js";
import { Saver } from "./save.js";
import { style } from "./theme.js";

const CELL = 38;

export class Matrix {
  #grid = make("div", "matrix");
  #key = make("p", "matrix-key");
  #view;
  #measured;

  id = "class-sensitivity";
  title = "Class sensitivity";
  how =
    "Row: whose part of the loss; column: the class of the examples it depends on; logarithmic colours. Strong cells off the diagonal are classes that share structure.";
  root = frame("matrix", this.title, this.how, this.#grid, this.#key);

  constructor() {
    this.root.hidden = true;
    this.root.querySelector(".figure-head").append(new Saver(this).root);
  }

  path() {
    return "sensitivity";
  }

  get runs() {
    return [this.#view.run];
  }

  get legend() {
    return { runs: this.runs, kinds: [{ words: this.#key.textContent, swatch: true, colour: style("--accent") }] };
  }

  height() {
    return (this.#measured.classes + 1) * CELL;
  }

  paint(pen) {
    const { classes, classMatrix } = this.#measured;
    const share = shares(classMatrix);
    for (let i = 0; i < classes; i++) {
      words(pen, String(i), CELL * (i + 1.5), CELL / 2, { align: "center" });
      words(pen, String(i), CELL / 2, CELL * (i + 1.5), { align: "center" });
      for (let j = 0; j < classes; j++) {
        pen.fillStyle = style("--grid");
        pen.fillRect(CELL * (j + 1), CELL * (i + 1), CELL - 2, CELL - 2);
        pen.globalAlpha = share.of(classMatrix[i * classes + j]);
        pen.fillStyle = style("--accent");
        pen.fillRect(CELL * (j + 1), CELL * (i + 1), CELL - 2, CELL - 2);
        pen.globalAlpha = 1;
      }
    }
  }

  get table() {
    const { kind, classes, classMatrix } = this.#measured;
    const rows = classMatrix.map((value, at) => [this.#view.run, kind, Math.floor(at / classes), at % classes, value]);
    return { rows: [["run", "kind", "loss of class", "by examples of class", "sensitivity [L1 norm of the loss's derivative]"], ...rows] };
  }

  show({ sensitivity }, view) {
    const measured = sensitivity.find(({ classes }) => classes > 0);
    this.root.hidden = !measured;
    if (!measured) return;
    this.#view = view;
    this.#measured = measured;
    const { kind, classes, classMatrix, classDominance } = measured;
    const share = shares(classMatrix);
    this.#grid.style.gridTemplateColumns = `auto repeat(${classes}, 1fr)`;
    const cells = [text("span", "", "")];
    for (let j = 0; j < classes; j++) cells.push(text("span", "matrix-label", j));
    for (let i = 0; i < classes; i++) {
      cells.push(text("span", "matrix-label", i));
      for (let j = 0; j < classes; j++) {
        const cell = make("i", "");
        cell.style.setProperty("--share", share.of(classMatrix[i * classes + j]));
        cell.title = `loss of class ${i} by examples of class ${j}: ${quantity(classMatrix[i * classes + j])}`;
        cells.push(cell);
      }
    }
    this.#grid.replaceChildren(...cells);
    this.#grid.setAttribute("role", "img");
    this.#grid.setAttribute("aria-label", `Class sensitivity, ${kind}: the diagonal is ${quantity(classDominance)} times the rest.`);
    this.#key.textContent = `${kind} · ${quantity(share.low)} (pale) to ${quantity(share.high)} (full) · diagonal ${quantity(classDominance)} × the rest`;
  }
}

/** Where a value lies between the smallest and the largest, 0 to 1, by their logarithms. */
function shares(values) {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  return {
    low: 10 ** low,
    high: 10 ** high,
    of: (value) => (!(value > 0) ? 0 : high > low ? (Math.log10(value) - low) / (high - low) : 1),
  };
}
