// What a figure is of, where there are several of it: the layers, the radii, the scores of the runs.

import { make, text } from "./dom.js";
import { choice as chosen, choose } from "./state.js";

export class Choice {
  #choice;
  #select = make("select", "");

  constructor(head, { title, choice }) {
    this.#choice = choice;
    this.#select.setAttribute("aria-label", `${choice.label} of the ${title.toLowerCase()}`);
    if (choice.none) this.#select.append(option("", choice.none));
    this.#select.addEventListener("change", () => {
      choose(choice.key, this.#select.value === this.#usual() ? null : this.#select.value);
    });
    head.append(this.#select);
  }

  /** The chosen value, "" for none in particular. */
  value() {
    return this.#select.value;
  }

  /** The chosen value in words, "" for none in particular. */
  words() {
    return this.#select.value === "" ? "" : `${this.#choice.label.toLowerCase()} ${this.#select.value}`;
  }

  /** Keeps what is offered in step with the series that the runs have. */
  offer(store, views) {
    const { prefix, label, none, numbers } = this.#choice;
    const names = new Set();
    for (const { run } of views) {
      for (const name of store.names(run)) {
        if (name.startsWith(prefix) && !/\/(lower|upper)$/.test(name)) names.add(name.slice(prefix.length));
      }
    }
    const values = [...names];
    if (numbers) values.sort((a, b) => a - b);
    const known = this.#values();
    if (known.length === values.length && known.every((value) => names.has(value))) return;
    const options = values.map((value) => option(value, none ? value : `${label.toLowerCase()} ${value}`));
    this.#select.replaceChildren(...(none ? [option("", none)] : []), ...options);
    this.choose();
  }

  /** Takes what is chosen on the page, as far as it is offered. */
  choose() {
    const wanted = chosen(this.#choice.key);
    this.#select.value = this.#values().includes(wanted) ? wanted : this.#usual();
  }

  #values() {
    return [...this.#select.options].map(({ value }) => value).filter(Boolean);
  }

  #usual() {
    const { none, preferred } = this.#choice;
    if (none) return "";
    const values = this.#values();
    return values.includes(preferred) ? preferred : (values[0] ?? "");
  }
}

function option(value, words) {
  const element = text("option", "", words);
  element.value = value;
  return element;
}
