// What a figure is of, where there are several of it: the layers, the radii, the scores of the runs.

import { make, text } from "./dom.js";

export class Choice {
  #choice;
  #select = make("select", "");

  constructor(head, { title, choice }, onChange) {
    this.#choice = choice;
    this.#select.setAttribute("aria-label", `${choice.label} of the ${title.toLowerCase()}`);
    if (choice.none) this.#select.append(option("", choice.none));
    this.#select.addEventListener("change", onChange);
    head.append(this.#select);
  }

  /** The chosen value, "" for none in particular. */
  value() {
    return this.#select.value;
  }

  /** Keeps what is offered in step with the series that the runs have. */
  offer(store, views) {
    const { prefix, label, none, numbers, preferred } = this.#choice;
    const names = new Set();
    for (const { run } of views) {
      for (const name of store.names(run)) {
        if (name.startsWith(prefix) && !/\/(lower|upper)$/.test(name)) names.add(name.slice(prefix.length));
      }
    }
    const values = [...names];
    if (numbers) values.sort((a, b) => a - b);
    const known = [...this.#select.options].map(({ value }) => value).filter(Boolean);
    if (known.length === values.length && known.every((value) => names.has(value))) return;
    const chosen = names.has(this.#select.value) ? this.#select.value : names.has(preferred) ? preferred : none ? "" : values[0];
    const options = values.map((value) => option(value, none ? value : `${label.toLowerCase()} ${value}`));
    this.#select.replaceChildren(...(none ? [option("", none)] : []), ...options);
    this.#select.value = chosen ?? "";
  }
}

function option(value, words) {
  const element = text("option", "", words);
  element.value = value;
  return element;
}
