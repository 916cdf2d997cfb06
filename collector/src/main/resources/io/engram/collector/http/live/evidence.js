// The evidence of the detectors over the epochs, each as a multiple of what it must reach, and all
// of them in words.

import { frame, make, text } from "./dom.js";
import { count, quantity } from "./format.js";

const { Chart } = window;
const COLOURS = 8;

export class Evidence {
  path = "onset";
  #canvas = make("canvas", "");
  #rows = make("tbody", "");
  #plot = make("div", "plot", this.#canvas);
  #chart;
  #answer;
  #view;
  root = frame(
    "evidence",
    "Onset",
    "What each detector goes by, as a multiple of its threshold then: at 1 it sees what it looks for. In colour those that decide, the others beside, for comparison.",
    this.#plot,
    table(this.#rows),
  );

  constructor() {
    this.root.hidden = true;
    this.#canvas.setAttribute("role", "img");
    this.#chart = new Chart(this.#canvas, { type: "line", data: { datasets: [] }, options: options() });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  /** What tells whether there is something new. */
  state({ run, incarnation, onset }) {
    const steps = onset?.detectors.map(({ now }) => now?.step ?? "") ?? [];
    return `${run} ${incarnation} ${onset?.looks} ${steps.join(" ")}`;
  }

  show(answer, view) {
    this.#answer = answer;
    this.#view = view;
    this.#draw();
  }

  #draw() {
    this.root.hidden = !(this.#answer?.onset.looks > 0 || this.#answer?.evidence.length > 0);
    if (this.root.hidden) return;
    const { onset, evidence } = this.#answer;
    const deciding = new Set(onset.channels.flatMap(({ detectors }) => detectors.split("_and_")));
    const drawn = evidence.filter(({ threshold }) => threshold.some((value) => value !== null));
    const lines = drawn.filter(({ detector }) => deciding.has(detector));
    const others = drawn.filter(({ detector }) => !deciding.has(detector));
    const perEpoch = this.#view.header?.training.stepsPerEpoch ?? 1;
    this.#plot.hidden = drawn.length === 0;
    this.#chart.data.datasets = [
      ...lines.map((line, i) => dataset(line, i, perEpoch)),
      ...others.map((line) => ({ ...dataset(line, 0, perEpoch), ...beside() })),
      threshold(drawn, perEpoch),
    ];
    restyle(this.#chart.options.scales);
    this.#chart.update("none");
    const words = lines.map(({ detector, evidence, threshold }) => `${named(detector)} ${quantity(evidence.at(-1))} of ${quantity(threshold.at(-1))}`);
    this.#canvas.setAttribute("aria-label", `Evidence over threshold. ${words.join("; ") || "No values yet."}`);
    this.#tell(onset.detectors, lines.map(({ detector }) => detector));
  }

  #tell(detectors, drawn) {
    const order = [...detectors].sort((a, b) => drawn.includes(b.detector) - drawn.includes(a.detector));
    this.#rows.replaceChildren(...order.map((detector) => row(detector, drawn.indexOf(detector.detector))));
  }
}

function table(rows) {
  const head = ["Detector", "Says", "Evidence", "Threshold", "Why"].map((title) => {
    const cell = text("th", "", title);
    cell.scope = "col";
    return cell;
  });
  const root = make("table", "detectors", make("thead", "", make("tr", "", ...head)), rows);
  const scroll = make("div", "table-scroll", root);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Detectors");
  return scroll;
}

function row({ detector, level, reason, now, raisedAt }, index) {
  const mark = make("i", "");
  if (index >= 0) mark.style.setProperty("--set", `var(--run-${index % COLOURS})`);
  const name = make("th", "", mark, named(detector));
  name.scope = "row";
  const said = text("td", "", raisedAt ? `raised at step ${count(raisedAt.step)}` : level);
  said.dataset.level = raisedAt ? "raised" : level;
  const number = (value) => text("td", "number", value === null || value === undefined ? "" : quantity(value));
  return make("tr", "", name, said, number(now?.evidence), number(now?.threshold), text("td", "why", (raisedAt ?? { reason }).reason));
}

function named(detector) {
  return detector.replaceAll("_", " ");
}

function dataset({ detector, steps, evidence, threshold }, index, perEpoch) {
  return {
    label: named(detector),
    data: steps.map((step, i) => ({ x: step / perEpoch, y: evidence[i] / threshold[i], of: [evidence[i], threshold[i]] })),
    borderColor: style(`--run-${index % COLOURS}`),
    backgroundColor: style(`--run-${index % COLOURS}`),
    borderWidth: 2,
    pointRadius: steps.length > 60 ? 0 : 2,
  };
}

function beside() {
  return { pale: true, borderColor: style("--line"), backgroundColor: style("--line"), borderWidth: 1, pointRadius: 0 };
}

function threshold(lines, perEpoch) {
  const last = Math.max(0, ...lines.map(({ steps }) => steps.at(-1)));
  return {
    label: "threshold",
    pale: true,
    data: [0, last / perEpoch].map((x) => ({ x, y: 1 })),
    borderColor: style("--ink-soft"),
    borderWidth: 1,
    borderDash: [6, 4],
    pointRadius: 0,
  };
}

function options() {
  const axis = { type: "linear", grid: {}, border: {}, ticks: { maxRotation: 0, autoSkipPadding: 18 }, title: {} };
  return {
    animation: false,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    clip: 8,
    interaction: { mode: "nearestOfEach", intersect: false },
    scales: {
      x: { ...axis, grid: { display: false }, title: { display: true, text: "epochs", padding: 0 } },
      y: { ...axis, suggestedMin: 0, suggestedMax: 1.5, ticks: { ...axis.ticks, maxTicksLimit: 6 } },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        padding: 10,
        boxWidth: 10,
        boxHeight: 3,
        callbacks: {
          title: ([first]) => (first ? `epoch ${first.parsed.x.toFixed(2)}` : ""),
          label: ({ dataset, raw }) => ` ${dataset.label}: ${quantity(raw.of?.[0])} of ${quantity(raw.of?.[1])}`,
        },
      },
    },
  };
}

function restyle({ x, y }) {
  for (const scale of [x, y]) {
    scale.ticks.color = style("--ink-soft");
    scale.grid.color = style("--grid");
    scale.border.color = style("--line");
    scale.title.color = style("--ink-soft");
  }
}

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
