// What is shown of one run at a time: its layers, its features, its examples and its class matrix,
// asked for anew while they are in sight.

import { DataMap } from "./datamap.js";
import { make, text } from "./dom.js";
import { Evidence } from "./evidence.js";
import { HeatMap } from "./heatmap.js";
import { Matrix } from "./matrix.js";
import { variable } from "./palette.js";
import { inSight } from "./sight.js";
import { choice, choose } from "./state.js";
import { Suspects } from "./suspects.js";
import { SValidation } from "./svalidation.js";

const PAUSE_MILLIS = 4000;

export class Panels {
  #root;
  #select = make("select", "");
  #panels;
  #asked = new Map();
  #inSight = false;

  constructor(root, redraw) {
    this.#root = root;
    this.#select.setAttribute("aria-label", "Run whose details are shown");
    this.#select.addEventListener("change", () => choose("run", this.#select.value));
    const heading = text("h2", "", "Details of");
    heading.id = "panels-heading";
    const head = make("div", "panels-head", heading, this.#select);
    this.#panels = [new HeatMap(), new Evidence(), new SValidation(), new Suspects(), new DataMap(), new Matrix()];
    root.append(head, ...this.#panels.map((panel) => panel.root));
    inSight(root, (seen) => {
      this.#inSight = seen;
      if (seen) redraw();
    });
  }

  /** Takes what is chosen on the page as it is now. */
  choose() {
    this.#asked.clear();
    for (const panel of this.#panels) panel.choose?.();
  }

  /** @param views the runs as the API tells them @param now the time, as performance.now() has it */
  draw(views, now) {
    this.#offer(views.filter(({ progress, examples, measurements }) => progress.steps + examples.observations + measurements.svalidation.scores > 0));
    const view = views.find(({ run }) => run === this.#select.value);
    this.#root.hidden = !view;
    if (!view || !this.#inSight) return;
    this.#root.style.setProperty("--run", `var(${variable(view.run)})`);
    for (const panel of this.#panels) {
      const state = panel.state?.(view) ?? `${view.run} ${view.incarnation} ${view.step} ${view.lastEventMillis}`;
      const { at = -Infinity, of } = this.#asked.get(panel) ?? {};
      if (state !== of && now - at > PAUSE_MILLIS) {
        this.#asked.set(panel, { at: now, of: state });
        this.#ask(panel, view);
      }
    }
  }

  async #ask(panel, view) {
    const base = `api/v1/runs/${encodeURIComponent(view.run)}`;
    const path = panel.path(view);
    if (path === null) return;
    try {
      const response = await fetch(`${base}/${path}`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const answer = await response.json();
      if (this.#select.value === view.run) panel.show(answer, view, base);
    } catch {
      this.#asked.get(panel).of = null;
    }
  }

  /** Offers the runs; until one is picked, the one with the most wrong labels is shown. */
  #offer(views) {
    const runs = views.map(({ run }) => run);
    const known = [...this.#select.options].map(({ value }) => value);
    if (known.length !== runs.length || !known.every((run, i) => run === runs[i])) {
      this.#select.replaceChildren(...runs.map((run) => text("option", "", run)));
      this.#shown = null;
    }
    const noisiest = [...views].sort((a, b) => flipped(b) - flipped(a))[0]?.run ?? "";
    const wanted = runs.includes(choice("run")) ? choice("run") : noisiest;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#select.value = wanted;
    this.#asked.clear();
  }

  #shown = null;
}

function flipped({ examples }) {
  return examples.groups.find(({ labels }) => labels === "flipped")?.examples ?? 0;
}
