// The examples that look most like they are labelled wrong, as pictures.

import { frame, make, text } from "./dom.js";
import { quantity } from "./format.js";
import { Pixels } from "./pixels.js";

const SHOWN = 48;

export class Suspects {
  path = `examples?order=suspect&limit=${SHOWN}`;
  #list = make("ol", "suspects");
  #pixels = new Pixels();
  root = frame(
    "suspects",
    "Suspects",
    "The examples most likely labelled wrong, worst first: the label they were given, and what the network says instead, or said last before it gave in. A check mark means that the label is known to be wrong.",
    this.#list,
  );

  show({ examples }, view, base) {
    this.#list.replaceChildren(...examples.map((example) => this.#tile(example, view, base)));
  }

  #tile(example, view, base) {
    const { id, given, lastOther, trueLabel } = example;
    const says = lastOther < 0 ? given : lastOther;
    const wrong = trueLabel >= 0 && trueLabel !== given;
    const canvas = make("canvas", "");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `example ${id}`);
    this.#pixels.draw(canvas, view, base, id, given);
    const words = make("span", "", text("b", "", given), text("span", "arrow", " → "), text("b", "", says));
    if (wrong) words.append(text("span", "check", " ✓"));
    const tile = make("li", "suspect", canvas, words);
    tile.title = [
      `example ${id}: given ${given}, last predicted otherwise as ${says}`,
      trueLabel >= 0 ? `true label ${trueLabel}` : "true label not known",
      `mean margin ${quantity(example.meanMargin)}, summed loss ${quantity(example.lossSum)}`,
      `forgotten ${example.forgettingEvents} times in ${example.presentations} presentations`,
    ].join("\n");
    return tile;
  }
}
