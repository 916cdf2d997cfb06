// The evidence of the detectors over the epochs, each as a multiple of what it must reach, and all
// of them in words.

import { withCursor } from "./cursor.js";
import { frame, make, text } from "./dom.js";
import { count, quantity } from "./format.js";
import { once } from "./onset.js";
import { colourAxes, colourTooltip, paintChart } from "./plot.js";
import { Saver } from "./save.js";
import { onTurn, style } from "./theme.js";
import { perStep, place, unit } from "./units.js";

const { Chart } = window;
const COLOURS = 8;

export class Evidence {
  id = "onset-evidence";
  title = "Onset";
  how =
    "What each detector goes by, as a multiple of its threshold then: at 1 it sees what it looks for. In colour those that decide, the others beside, for comparison.";
  #canvas = make("canvas", "");
  #rows = make("tbody", "");
  #plot = make("div", "plot", this.#canvas);
  #chart;
  #answer;
  #view;
  root = frame("evidence", this.title, this.how, this.#plot, table(this.#rows));

  constructor() {
    this.root.hidden = true;
    this.#chart = new Chart(this.#canvas, { type: "line", data: { datasets: [] }, options: options() });
    withCursor(this.#canvas, () => this.#chart);
    this.root.querySelector(".figure-head").append(new Saver(this).root);
    onTurn(() => this.#draw());
  }

  path() {
    return "onset";
  }

  choose() {
    this.#draw();
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
    const lines = this.#lines;
    this.#plot.hidden = this.#drawn.length === 0;
    this.#show(this.#chart);
    const words = lines.map(({ detector, evidence, threshold }) => `${named(detector)} ${quantity(evidence.at(-1))} of ${quantity(threshold.at(-1))}`);
    this.#canvas.setAttribute("aria-label", `Evidence over threshold. ${words.join("; ") || "No values yet."}`);
    this.#tell(this.#answer.onset.detectors, lines.map(({ detector }) => detector));
  }

  get runs() {
    return [this.#view.run];
  }

  get legend() {
    return {
      runs: [],
      kinds: [
        { words: this.#view.run },
        ...this.#lines.map(({ detector }, i) => ({ words: named(detector), dash: "solid", colour: style(`--run-${i % COLOURS}`) })),
        { words: "others", dash: "solid", colour: style("--line") },
        { words: "threshold", dash: "dashed" },
      ],
    };
  }

  height(width) {
    return Math.round(width / 2.6);
  }

  paint(pen, width, height, ratio) {
    const settings = { ...options(), responsive: false, devicePixelRatio: ratio };
    paintChart(pen, width, height, { type: "line", data: { datasets: [] }, options: settings }, (chart) => this.#show(chart));
  }

  get table() {
    const perEpoch = this.#view.header?.training.stepsPerEpoch;
    const rows = this.#answer.evidence.flatMap(({ detector, steps, evidence, threshold }) =>
      steps.map((step, i) => [this.#view.run, detector, step, perEpoch ? (step / perEpoch).toFixed(4) : "", evidence[i], threshold[i]]),
    );
    return { rows: [["run", "detector", "step", "epoch", "evidence [unit of the threshold]", "threshold [its detector's unit]"], ...rows] };
  }

  /** The evidence of the detectors that have a threshold. */
  get #drawn() {
    return this.#answer.evidence.filter(({ threshold }) => threshold.some((value) => value !== null));
  }

  /** Of these, those that decide. */
  get #lines() {
    const deciding = new Set(this.#answer.onset.channels.flatMap(({ detectors }) => detectors.split("_and_")));
    return this.#drawn.filter(({ detector }) => deciding.has(detector));
  }

  #show(chart) {
    const lines = this.#lines;
    const others = this.#drawn.filter((line) => !lines.includes(line));
    const scale = perStep(this.#view);
    chart.data.datasets = [
      ...lines.map((line, i) => dataset(line, i, scale)),
      ...others.map((line) => ({ ...dataset(line, 0, scale), ...beside() })),
      threshold(this.#drawn, scale),
    ];
    chart.options.scales.x.title.text = unit();
    colourAxes(chart.options.scales);
    colourTooltip(chart.options.plugins.tooltip);
    chart.update("none");
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
  return make("tr", "", name, said, number(now?.evidence), number(now?.threshold), text("td", "why", once((raisedAt ?? { reason }).reason)));
}

function named(detector) {
  return detector.replaceAll("_", " ");
}

function dataset({ detector, steps, evidence, threshold }, index, scale) {
  return {
    label: named(detector),
    data: steps.map((step, i) => ({ x: step * scale, y: evidence[i] / threshold[i], of: [evidence[i], threshold[i]] })),
    borderColor: style(`--run-${index % COLOURS}`),
    backgroundColor: style(`--run-${index % COLOURS}`),
    borderWidth: 2,
    pointRadius: steps.length > 60 ? 0 : 2,
  };
}

function beside() {
  return { pale: true, borderColor: style("--line"), backgroundColor: style("--line"), borderWidth: 1, pointRadius: 0 };
}

function threshold(lines, scale) {
  const last = Math.max(0, ...lines.map(({ steps }) => steps.at(-1)));
  return {
    label: "threshold",
    pale: true,
    data: [0, last * scale].map((x) => ({ x, y: 1 })),
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
        borderWidth: 1,
        padding: 10,
        boxWidth: 10,
        boxHeight: 3,
        callbacks: {
          title: ([first]) => (first ? place(first.parsed.x) : ""),
          label: ({ dataset, raw }) => ` ${dataset.label}: ${quantity(raw.of?.[0])} of ${quantity(raw.of?.[1])}`,
        },
      },
    },
  };
}
