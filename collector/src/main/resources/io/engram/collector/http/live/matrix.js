// How each class's part of the loss depends on the examples of each class (Arpit et al. 2017, Fig 4).

import { frame, make, text } from "./dom.js";
import { quantity } from "./format.js";

export class Matrix {
  path = "sensitivity";
  #grid = make("div", "matrix");
  #key = make("p", "matrix-key");
  root = frame(
    "matrix",
    "Class sensitivity",
    "Row: whose part of the loss; column: the class of the examples it depends on; logarithmic colours. Strong cells off the diagonal are classes that share structure.",
    this.#grid,
    this.#key,
  );

  constructor() {
    this.root.hidden = true;
  }

  show({ sensitivity }) {
    const measured = sensitivity.find(({ classes }) => classes > 0);
    this.root.hidden = !measured;
    if (!measured) return;
    const { kind, classes, classMatrix, classDominance } = measured;
    const logs = classMatrix.map((value) => (value > 0 ? Math.log10(value) : null));
    const known = logs.filter((value) => value !== null);
    const low = Math.min(...known);
    const high = Math.max(...known);
    this.#grid.style.gridTemplateColumns = `auto repeat(${classes}, 1fr)`;
    const cells = [text("span", "", "")];
    for (let j = 0; j < classes; j++) cells.push(text("span", "matrix-label", j));
    for (let i = 0; i < classes; i++) {
      cells.push(text("span", "matrix-label", i));
      for (let j = 0; j < classes; j++) {
        const cell = make("i", "");
        const log = logs[i * classes + j];
        cell.style.setProperty("--share", log === null ? 0 : high > low ? (log - low) / (high - low) : 1);
        cell.title = `loss of class ${i} by examples of class ${j}: ${quantity(classMatrix[i * classes + j])}`;
        cells.push(cell);
      }
    }
    this.#grid.replaceChildren(...cells);
    this.#grid.setAttribute("role", "img");
    this.#grid.setAttribute("aria-label", `Class sensitivity, ${kind}: the diagonal is ${quantity(classDominance)} times the rest.`);
    this.#key.textContent = `${kind} · ${quantity(10 ** low)} (pale) to ${quantity(10 ** high)} (full) · diagonal ${quantity(classDominance)} × the rest`;
  }
}
