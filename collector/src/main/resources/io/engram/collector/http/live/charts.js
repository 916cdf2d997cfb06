// The figures, and what one can choose: which runs, which unit, how smooth, over each other or apart.

import { Branches } from "./branches.js";
import { choiceOf, make, text } from "./dom.js";
import { Figure } from "./figure.js";
import { FIGURES } from "./figures.js";
import { SMOOTHINGS, chooseSmoothing, smoothing } from "./lines.js";
import { variable } from "./palette.js";
import { inSight } from "./sight.js";
import { choice, choices, choose } from "./state.js";
import { onTurn } from "./theme.js";
import { Timeline } from "./timeline.js";
import { UNITS, chooseUnit, unit } from "./units.js";

const DESCRIBE_MILLIS = 2000;
const OUT_OF_SIGHT_MILLIS = 2000;

/** With more runs than this, each gets a drawing of its own unless one says otherwise. */
const TOGETHER = 8;
const WAYS = ["together", "apart"];

export class Charts {
  #store;
  #branches;
  #chips = make("div", "chips");
  #figures;
  #timeline;
  #controls = [];
  #smoothing = make("select", "");
  #anew = true;
  #firstDrawn = false;

  constructor(parent, store, rates, redraw) {
    this.#store = store;
    this.#branches = new Branches(redraw);
    this.#chips.setAttribute("role", "group");
    this.#chips.setAttribute("aria-label", "Runs shown");
    parent.append(this.#toolbar());
    this.#timeline = new Timeline(parent);
    this.#figures = FIGURES.map((figure) => ({
      figure: new Figure(parent, figure, store, rates, this.#branches, redraw),
      rate: Boolean(figure.rate),
      drawnAt: -Infinity,
      describedAt: -Infinity,
      drawnVersion: -1,
    }));
    for (const entry of this.#figures) inSight(entry.figure.root, (seen) => this.#see(entry, seen, redraw));
    onTurn(() => this.choose());
    new ResizeObserver(() => {
      this.#anew = true;
      redraw();
    }).observe(parent);
  }

  /** Takes what is chosen on the page as it is now. */
  choose() {
    this.#anew = true;
    for (const show of this.#controls) show();
    for (const { figure } of this.#figures) figure.choose();
  }

  forget(run) {
    this.#branches.forget(run);
  }

  /**
   * @param views the runs as the API tells them
   * @param now the time, as performance.now() has it
   * @returns whether a figure was drawn whole by now
   */
  draw(views, now) {
    this.#showChips(views);
    const picked = choices("runs");
    const shown = picked === null ? views : views.filter(({ run }) => picked.includes(run));
    const separate = this.#separate(shown);
    for (const show of this.#controls) show(shown);
    this.#timeline.draw(shown);
    if (this.#anew) for (const entry of this.#figures) entry.drawnVersion = -1;
    this.#anew = false;
    for (const { figure } of this.#figures) figure.prepare(views, shown);
    if (shown.length === 0 && !this.#firstDrawn) return false;
    // What one sees comes first; of the rest one at a time, so that it keeps up without a rush.
    const there = this.#figures.filter(({ figure }) => !figure.hidden);
    const seen = there.filter((entry) => entry.seen);
    const rest = there.filter((entry) => !entry.seen && now - entry.drawnAt > OUT_OF_SIGHT_MILLIS);
    const later = this.#firstDrawn || seen.length === 0 ? rest.sort((a, b) => a.drawnAt - b.drawnAt).slice(0, 2) : [];
    for (const entry of [...seen, ...later]) this.#drawOne(entry, separate, now, shown.length);
    this.#noteFirst([...seen, ...later]);
    return this.#firstDrawn;
  }

  #drawOne(entry, separate, now, runs) {
    const { figure, rate } = entry;
    // What comes in by itself, a run that was chosen, its state: each makes a drawing old.
    const version = `${this.#store.version} ${this.#branches.version} ${runs} ${separate}`;
    entry.drawnAt = now;
    if (!rate && entry.drawnVersion === version) return;
    entry.drawnVersion = version;
    figure.draw(separate, now);
    if (now - entry.describedAt > DESCRIBE_MILLIS || !this.#firstDrawn) {
      entry.describedAt = now;
      figure.describe();
    }
  }

  /** Notes when the first figure was drawn whole, for those who measure the page. */
  #noteFirst(drawn) {
    if (this.#firstDrawn || !drawn.some(({ figure, rate }) => !rate && figure.whole)) return;
    this.#firstDrawn = true;
    performance.mark("engram-first-chart");
  }

  #see(entry, seen, redraw) {
    entry.seen = seen;
    if (seen) redraw();
  }

  #separate(shown) {
    const way = choice("view");
    return WAYS.includes(way) ? way === "apart" : shown.length > TOGETHER;
  }

  #toolbar() {
    const units = choiceOf("Unit of the x axis", UNITS, chooseUnit);
    const ways = choiceOf("Runs in one drawing or in one each", WAYS, (way) => choose("view", way));
    this.#smoothing.append(...SMOOTHINGS.map((name) => option(name)));
    this.#smoothing.addEventListener("change", () => chooseSmoothing(this.#smoothing.value));
    this.#smoothing.setAttribute("aria-label", "Smoothing of the step loss and the gradient norm");
    this.#controls.push(
      () => units.show(unit()),
      (shown = []) => ways.show(WAYS[this.#separate(shown) ? 1 : 0]),
      () => (this.#smoothing.value = smoothing()),
    );
    const smooth = make("label", "smoothing", text("span", "", "smoothing"), this.#smoothing);
    return make("div", "toolbar", this.#chips, make("div", "switches", units.root, ways.root, smooth));
  }

  #showChips(views) {
    const known = new Map([...this.#chips.children].map((chip) => [chip.dataset.run, chip]));
    const picked = choices("runs");
    for (const { run } of views) {
      const chip = known.get(run) ?? this.#chip(run);
      known.delete(run);
      if (!chip.isConnected) this.#chips.append(chip);
      const pressed = String(picked === null || picked.includes(run));
      if (chip.getAttribute("aria-pressed") !== pressed) chip.setAttribute("aria-pressed", pressed);
    }
    for (const chip of known.values()) if (chip.dataset.run) chip.remove();
    this.#chips.classList.toggle("crowd", views.length > TOGETHER);
    this.#offerAll(views.map(({ run }) => run));
  }

  #chip(run) {
    const chip = text("button", "chip", run);
    chip.type = "button";
    chip.dataset.run = run;
    chip.style.setProperty("--run", `var(${variable(run)})`);
    chip.title = "Show or hide in the charts";
    chip.addEventListener("click", () => {
      const all = [...this.#chips.querySelectorAll("[data-run]")].map((one) => one.dataset.run);
      const shown = choices("runs") ?? all;
      const next = shown.includes(run) ? shown.filter((one) => one !== run) : [...shown, run].sort();
      choose("runs", all.every((one) => next.includes(one)) ? null : next);
    });
    return chip;
  }

  /** With many runs, a way to all and to none of them. */
  #offerAll(runs) {
    const offered = this.#chips.querySelector(".all");
    if (runs.length < 3) offered?.remove();
    if (runs.length < 3) return;
    const some = choices("runs") === null;
    const button = offered ?? text("button", "all", "");
    button.type = "button";
    const words = some ? "none" : "all";
    if (button.textContent !== words) button.textContent = words;
    button.title = some ? "Hide all runs" : "Show all runs";
    button.onclick = () => choose("runs", some ? [] : null);
    if (!offered) this.#chips.prepend(button);
  }
}

function option(name) {
  const element = text("option", "", name);
  element.value = name;
  return element;
}
