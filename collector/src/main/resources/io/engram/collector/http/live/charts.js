// The figures, and what one can choose: which runs, which unit, which scale.

import { Choice } from "./choice.js";
import { make, text } from "./dom.js";
import { FIGURES } from "./figures.js";
import { raised } from "./onset.js";
import { variable } from "./palette.js";
import { Plot } from "./plot.js";

const DESCRIBE_MILLIS = 2000;

export class Charts {
  #store;
  #rates;
  #onChoice;
  #chips = make("div", "chips");
  #figures;
  #hidden = new Set();
  #unit = "epochs";
  #describedAt = 0;

  constructor(parent, store, rates, onChoice) {
    this.#store = store;
    this.#rates = rates;
    this.#onChoice = onChoice;
    this.#chips.setAttribute("role", "group");
    this.#chips.setAttribute("aria-label", "Runs shown");
    parent.append(make("div", "toolbar", this.#chips, this.#unitSwitch()));
    this.#figures = FIGURES.map((figure) => this.#figure(parent, figure));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      for (const { plot } of this.#figures) plot.restyle();
      onChoice();
    });
  }

  /** @param views the runs as the API tells them @param now the time, as performance.now() has it */
  draw(views, now) {
    this.#showChips(views);
    const shown = views.filter(({ run }) => !this.#hidden.has(run));
    const describe = now - this.#describedAt > DESCRIBE_MILLIS;
    if (describe) this.#describedAt = now;
    for (const figure of this.#figures) {
      figure.choice?.offer(this.#store, views);
      const chosen = figure.lines();
      figure.root.hidden = figure.optional && !chosen.some(({ series }) => shown.some(({ run }) => this.#store.has(run, series)));
      if (figure.root.hidden) continue;
      const lines = shown.flatMap((view) => chosen.map((line) => this.#line(line, view, now)));
      const onsets = figure.rate ? [] : shown.flatMap((view) => this.#onsets(view));
      figure.plot.draw(lines, figure.rate ? "seconds" : this.#unit, onsets);
      if (describe) figure.plot.describe(lines);
    }
  }

  #scale({ header }) {
    return this.#unit === "epochs" ? 1 / (header?.training.stepsPerEpoch ?? 1) : 1;
  }

  /** Where the run's channels were raised, and from where on it may have happened. */
  #onsets(view) {
    const scale = this.#scale(view);
    return raised(view).map(({ channel, raisedAt: { step, lookSpacing } }) => ({
      run: view.run,
      channel,
      x: step * scale,
      from: (step - lookSpacing) * scale,
    }));
  }

  #line(line, view, now) {
    const { run } = view;
    if (line.rate) return { ...line, run, points: this.#rates.points(run, now), scale: 1 };
    const scale = this.#scale(view);
    const points = (name) => (this.#store.has(run, name) ? this.#store.points(run, name) : []);
    const band = line.band ? { lower: points(`${line.series}/lower`), upper: points(`${line.series}/upper`) } : null;
    return { ...line, run, points: points(line.series), band, scale };
  }

  #showChips(views) {
    const known = new Map([...this.#chips.children].map((chip) => [chip.textContent, chip]));
    for (const { run } of views) {
      if (!known.delete(run)) this.#chips.append(this.#chip(run));
    }
    for (const chip of known.values()) chip.remove();
  }

  #chip(run) {
    const chip = text("button", "chip", run);
    chip.type = "button";
    chip.style.setProperty("--run", `var(${variable(run)})`);
    chip.title = "Show or hide in the charts";
    const show = (shown) => {
      chip.setAttribute("aria-pressed", shown);
      if (shown) this.#hidden.delete(run);
      else this.#hidden.add(run);
    };
    show(!this.#hidden.has(run));
    chip.addEventListener("click", () => {
      show(this.#hidden.has(run));
      this.#onChoice();
    });
    return chip;
  }

  #unitSwitch() {
    const group = make("div", "switch");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Unit of the x axis");
    const buttons = ["epochs", "steps"].map((unit) => {
      const button = text("button", "", unit);
      button.type = "button";
      button.setAttribute("aria-pressed", unit === this.#unit);
      button.addEventListener("click", () => {
        this.#unit = unit;
        for (const other of buttons) other.setAttribute("aria-pressed", other === button);
        this.#onChoice();
      });
      return button;
    });
    group.append(...buttons);
    return group;
  }

  #figure(parent, figure) {
    const head = make("div", "figure-head", text("h3", "", figure.title));
    const canvas = make("canvas", "");
    canvas.setAttribute("role", "img");
    const root = make(
      "figure",
      figure.low ? "figure low" : "figure",
      head,
      text("figcaption", "", figure.how),
      make("div", "plot", canvas),
    );
    root.id = `figure-${figure.id}`;
    if (figure.lines().length > 1) head.append(key(figure.lines()));
    const choice = figure.choice ? new Choice(head, figure, () => this.#onChoice()) : null;
    root.hidden = Boolean(figure.optional);
    parent.append(root);
    const plot = new Plot(figure, canvas);
    if (figure.log) head.append(this.#logButton(figure, plot));
    return {
      root,
      plot,
      choice,
      optional: Boolean(figure.optional),
      rate: Boolean(figure.lines()[0].rate),
      lines: () => figure.lines(choice?.value()),
    };
  }

  #logButton(figure, plot) {
    const button = text("button", "", "log");
    button.type = "button";
    button.title = "Logarithmic scale";
    button.setAttribute("aria-label", `Logarithmic scale of the ${figure.title.toLowerCase()}`);
    button.setAttribute("aria-pressed", figure.log === "on");
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      plot.logarithmic(on);
    });
    return button;
  }
}

function key(lines) {
  return make(
    "div",
    "key",
    ...lines.map(({ kind, dash }) => {
      const mark = make("i", "");
      mark.dataset.dash = dash;
      const entry = make("span", "", mark);
      entry.append(kind);
      return entry;
    }),
  );
}
