// What is shown of one run at a time: its features, its examples and its class matrix, asked for
// anew while they are in sight.

import { DataMap } from "./datamap.js";
import { make, text } from "./dom.js";
import { Evidence } from "./evidence.js";
import { Matrix } from "./matrix.js";
import { variable } from "./palette.js";
import { Suspects } from "./suspects.js";
import { SValidation } from "./svalidation.js";

const PAUSE_MILLIS = 4000;

export class Panels {
  #root;
  #select = make("select", "");
  #panels;
  #asked = new Map();
  #inSight = false;
  #picked = false;

  constructor(root) {
    this.#root = root;
    this.#select.setAttribute("aria-label", "Run whose details are shown");
    this.#select.addEventListener("change", () => {
      this.#picked = true;
      this.#asked.clear();
    });
    const head = make("div", "panels-head", text("h2", "", "Details of"), this.#select);
    this.#panels = [new Evidence(), new SValidation(), new Suspects(), new DataMap(), new Matrix()];
    root.append(head, ...this.#panels.map((panel) => panel.root));
    new IntersectionObserver(([{ isIntersecting }]) => (this.#inSight = isIntersecting), { rootMargin: "200px" }).observe(root);
  }

  /** @param views the runs as the API tells them @param now the time, as performance.now() has it */
  draw(views, now) {
    this.#offer(views.filter(({ examples, measurements }) => examples.observations + measurements.svalidation.scores > 0));
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
    try {
      const response = await fetch(`${base}/${panel.path}`);
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
    if (known.length === runs.length && known.every((run, i) => run === runs[i])) return;
    const chosen = this.#select.value;
    this.#select.replaceChildren(...runs.map((run) => text("option", "", run)));
    const noisiest = [...views].sort((a, b) => flipped(b) - flipped(a))[0]?.run ?? "";
    this.#select.value = this.#picked && runs.includes(chosen) ? chosen : noisiest;
    if (this.#select.value !== chosen) this.#asked.clear();
  }
}

function flipped({ examples }) {
  return examples.groups.find(({ labels }) => labels === "flipped")?.examples ?? 0;
}
