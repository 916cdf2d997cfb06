// Draws one figure: all runs over each other, in their colours.

import { count } from "./format.js";
import { tickWords } from "./multiples.js";
import { DASHES, LEFT_DASH, ONSET_DASHES } from "./paint.js";
import { colour } from "./palette.js";
import { WINDOW_SECONDS } from "./rates.js";
import { see, style } from "./theme.js";
import { place } from "./units.js";

const FEW_POINTS = 60;
const SHORTEST_WINDOW_SECONDS = 20;

const { Chart } = window;

// Of each line the point nearest to the pointer: runs have their steps at different places.
Chart.Interaction.modes.nearestOfEach = (chart, event) => {
  const items = [];
  for (const { data, index } of chart.getSortedVisibleDatasetMetas()) {
    if (chart.data.datasets[index].pale || data.length === 0) continue;
    let low = 0;
    let high = data.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (data[middle].x < event.x) low = middle;
      else high = middle;
    }
    const nearest = Math.abs(data[low].x - event.x) <= Math.abs(data[high].x - event.x) ? low : high;
    items.push({ element: data[nearest], datasetIndex: index, index: nearest });
  }
  return items;
};

/** A dot at the head of each line, and a line where the pointer or the cursor is. */
const marks = {
  id: "marks",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea, tooltip } = chart;
    ctx.save();
    for (const { data, index } of chart.getSortedVisibleDatasetMetas()) {
      const dataset = chart.data.datasets[index];
      const head = data.at(-1);
      if (dataset.pale || !head || head.skip || head.x < chartArea.left || head.x > chartArea.right + 1) continue;
      ctx.beginPath();
      ctx.arc(head.x, head.y, 3.5, 0, 2 * Math.PI);
      ctx.fillStyle = dataset.borderColor;
      ctx.fill();
    }
    if (tooltip?.opacity > 0) {
      ctx.beginPath();
      ctx.moveTo(tooltip.caretX, chartArea.top);
      ctx.lineTo(tooltip.caretX, chartArea.bottom);
      ctx.strokeStyle = style("--ink-faint");
      ctx.lineWidth = 1;
      ctx.setLineDash([2, 3]);
      ctx.stroke();
    }
    ctx.restore();
  },
};

/** Where a channel of a run was raised: a line, and before it the steps since the look before. */
const onsets = {
  id: "onsets",
  beforeDatasetsDraw(chart) {
    const { ctx, chartArea, scales } = chart;
    ctx.save();
    ctx.beginPath();
    ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
    ctx.clip();
    ctx.font = "600 11px system-ui, sans-serif";
    ctx.textAlign = "left";
    ctx.textBaseline = "top";
    (chart.$onsets ?? []).forEach(({ run, channel, x, from }, i) => {
      const hex = colour(run);
      const at = scales.x.getPixelForValue(x);
      const since = scales.x.getPixelForValue(from);
      ctx.fillStyle = see(hex, 0.15);
      ctx.fillRect(since, chartArea.top, at - since, chartArea.height);
      ctx.beginPath();
      ctx.setLineDash(ONSET_DASHES[channel]);
      ctx.moveTo(at, chartArea.top);
      ctx.lineTo(at, chartArea.bottom);
      ctx.strokeStyle = hex;
      ctx.lineWidth = channel === "onset" ? 2 : 1.5;
      ctx.stroke();
      ctx.fillStyle = hex;
      ctx.fillText(channel, at + 4, chartArea.top + 2 + 13 * i);
    });
    ctx.restore();
  },
};

export class Plot {
  #figure;
  #chart;

  constructor(figure, canvas) {
    this.#figure = figure;
    this.#chart = new Chart(canvas, { type: "line", data: { datasets: [] }, plugins: [onsets, marks], options: options(figure) });
  }

  /** @param plan {lines, unit, onsets, log, cursor} as for multiples.js */
  draw(plan) {
    show(this.#chart, this.#figure, plan);
    if (plan.cursor) this.#point(plan.cursor.x);
  }

  /** Takes the mark and the values away. */
  leave() {
    this.#chart.tooltip.setActiveElements([], { x: 0, y: 0 });
    this.#chart.setActiveElements([]);
    this.#chart.update("none");
  }

  #point(x) {
    const chart = this.#chart;
    const pixel = chart.scales.x.getPixelForValue(x);
    const items = Chart.Interaction.modes.nearestOfEach(chart, { x: pixel });
    const active = items.map(({ datasetIndex, index }) => ({ datasetIndex, index }));
    chart.setActiveElements(active);
    chart.tooltip.setActiveElements(active, { x: pixel, y: (chart.chartArea.top + chart.chartArea.bottom) / 2 });
    chart.update("none");
  }
}

/** Paints a figure, as large as asked for, where a pen is. */
export function paintTogether(pen, width, height, ratio, figure, plan) {
  const settings = { ...options(figure), responsive: false, devicePixelRatio: ratio };
  paintChart(pen, width, height, { type: "line", data: { datasets: [] }, plugins: [onsets, marks], options: settings }, (chart) => show(chart, figure, plan));
}

/** Lets a chart of its own draw, and puts its picture where a pen is. */
export function paintChart(pen, width, height, configuration, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const chart = new Chart(canvas, configuration);
  draw(chart);
  pen.drawImage(canvas, 0, 0, width, height);
  chart.destroy();
}

function show(chart, figure, plan) {
  const datasets = plan.lines.flatMap((line) => datasetsOf(line, figure));
  // Pale traces lie under every bold line.
  datasets.sort((a, b) => (b.pale ? 1 : 0) - (a.pale ? 1 : 0));
  datasets.forEach((dataset, i) => (dataset.order = -i));
  const { scales, plugins } = chart.options;
  scales.x.title.text = plan.unit === "seconds" ? "seconds ago" : plan.unit;
  if (plan.unit === "seconds") {
    const oldest = Math.min(0, ...datasets.map(({ data }) => data[0]?.x ?? 0));
    scales.x.min = Math.max(-WINDOW_SECONDS, Math.min(-SHORTEST_WINDOW_SECONDS, oldest));
    scales.x.max = 0;
  }
  scales.y.type = plan.log ? "logarithmic" : "linear";
  colourAxes(scales);
  colourTooltip(plugins.tooltip);
  chart.options.unit = plan.unit;
  chart.$onsets = plan.onsets;
  chart.data.datasets = datasets;
  chart.update("none");
}

function datasetsOf({ run, kind, dash, colour, points, raw, band, left }, figure) {
  const base = { label: `${run} · ${kind}`, borderColor: colour, run };
  const under = [];
  if (raw) under.push({ ...base, data: raw, pale: true, borderWidth: 1, borderColor: see(colour, 0.33) });
  if (band) {
    for (const [edge, fill] of [["lower", false], ["upper", "-1"]]) {
      under.push({ ...base, data: band[edge], pale: true, borderWidth: 0, fill, backgroundColor: see(colour, 0.15) });
    }
  }
  for (const data of left) {
    under.push({ ...base, data, pale: true, left: true, borderWidth: 1.5, borderDash: LEFT_DASH, borderColor: see(colour, 0.6) });
  }
  const bold = {
    ...base,
    data: points,
    borderWidth: 2,
    borderDash: DASHES[dash],
    pointRadius: figure.dots && points.length <= FEW_POINTS ? 2 : 0,
    backgroundColor: colour,
  };
  return [...under, bold];
}

/** Gives axes the colours that the page has now. */
export function colourAxes({ x, y }) {
  for (const scale of [x, y]) {
    scale.ticks.color = style("--ink-soft");
    scale.grid.color = style("--grid");
    scale.border.color = style("--line");
    scale.title.color = style("--ink-soft");
  }
}

export function colourTooltip(tooltip) {
  Object.assign(tooltip, {
    backgroundColor: style("--card"),
    titleColor: style("--ink"),
    bodyColor: style("--ink"),
    borderColor: style("--line"),
  });
}

function options(figure) {
  const axis = { grid: {}, border: {}, ticks: { maxRotation: 0, autoSkipPadding: 18 }, title: {} };
  return {
    animation: false,
    maintainAspectRatio: false,
    clip: 8,
    parsing: false,
    normalized: true,
    interaction: { mode: "nearestOfEach", intersect: false },
    elements: { point: { radius: 0, hoverRadius: 4, hitRadius: 0 }, line: { tension: 0 } },
    scales: {
      x: {
        ...axis,
        type: "linear",
        grid: { display: false },
        title: { display: true, text: "epochs", padding: 0 },
        ticks: { ...axis.ticks, callback: (x) => (Number.isInteger(x) ? count(Math.abs(x)) : x) },
      },
      y: {
        ...axis,
        beginAtZero: true,
        ...(figure.share ? { min: 0, max: 1 } : {}),
        ticks: { ...axis.ticks, maxTicksLimit: figure.low ? 4 : 7, callback: (y) => tickWords(figure, y) },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        borderWidth: 1,
        padding: 10,
        boxWidth: 10,
        boxHeight: 3,
        caretSize: 0,
        callbacks: {
          title: ([first]) => (first ? place(first.parsed.x, first.chart.options.unit) : ""),
          label: ({ dataset, parsed }) => ` ${dataset.label}: ${figure.format(parsed.y)}`,
        },
      },
    },
  };
}
