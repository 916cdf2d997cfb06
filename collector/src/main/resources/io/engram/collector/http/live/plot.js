// Draws one figure: all runs over each other, in their colours.

import { count, short } from "./format.js";
import { colour } from "./palette.js";
import { WINDOW_SECONDS } from "./rates.js";
import { smoothed } from "./smoothing.js";

/** The smoothed line averages over this share of the run, to either side. */
const SMOOTHING = 0.012;
const FEW_POINTS = 60;
const SHORTEST_WINDOW_SECONDS = 20;

const ONSET_DASHES = { warn: [2, 3], onset: [], harm: [6, 4] };

const DASHES = { solid: [], dashed: [6, 4], dotted: [2, 3] };

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

/** A dot at the head of each line, and a line where the pointer is. */
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
      ctx.fillStyle = faint(hex);
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
    this.#chart = new Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      plugins: [onsets, marks],
      options: options(figure),
    });
    this.logarithmic(figure.log === "on");
    this.restyle();
  }

  logarithmic(on) {
    this.#chart.options.scales.y.type = on ? "logarithmic" : "linear";
    this.#chart.update("none");
  }

  /** Takes the colours of the page as they are now. */
  restyle() {
    const { scales, plugins } = this.#chart.options;
    for (const scale of [scales.x, scales.y]) {
      scale.ticks.color = style("--ink-soft");
      scale.grid.color = style("--grid");
      scale.border.color = style("--line");
      scale.title.color = style("--ink-soft");
    }
    Object.assign(plugins.tooltip, {
      backgroundColor: style("--card"),
      titleColor: style("--ink"),
      bodyColor: style("--ink"),
      borderColor: style("--line"),
    });
    this.#chart.update("none");
  }

  /**
   * @param lines [{run, kind, dash, smooth, points, band, scale}]; band is null or {lower, upper},
   *     scale is what one step is in the unit
   * @param unit "epochs", "steps" or "seconds"
   * @param onsets [{run, channel, x, from}], where channels were raised, in the unit
   */
  draw(lines, unit, onsets = []) {
    const datasets = [];
    for (const line of lines) {
      const points = line.points.map(({ x, y }) => ({ x: x * line.scale, y }));
      const base = { label: `${line.run} · ${line.kind}`, borderColor: colour(line.run), run: line.run };
      if (line.smooth) {
        datasets.push({ ...base, data: points, pale: true, borderWidth: 1, borderColor: pale(base.borderColor) });
      }
      if (line.band) {
        for (const [edge, fill] of [["lower", false], ["upper", "-1"]]) {
          const data = line.band[edge].map(({ x, y }) => ({ x: x * line.scale, y }));
          datasets.push({ ...base, data, pale: true, borderWidth: 0, fill, backgroundColor: faint(base.borderColor) });
        }
      }
      datasets.push({
        ...base,
        data: line.smooth ? smoothed(points, SMOOTHING * (points.at(-1)?.x - points[0]?.x)) : points,
        borderWidth: 2,
        borderDash: DASHES[line.dash],
        pointRadius: this.#figure.dots && points.length <= FEW_POINTS ? 2 : 0,
        backgroundColor: base.borderColor,
      });
    }
    // Pale traces lie under every bold line.
    datasets.sort((a, b) => (b.pale ? 1 : 0) - (a.pale ? 1 : 0));
    datasets.forEach((dataset, i) => (dataset.order = -i));
    const { x } = this.#chart.options.scales;
    x.title.text = unit === "seconds" ? "seconds ago" : unit;
    if (unit === "seconds") {
      const oldest = Math.min(0, ...datasets.map(({ data }) => data[0]?.x ?? 0));
      x.min = Math.max(-WINDOW_SECONDS, Math.min(-SHORTEST_WINDOW_SECONDS, oldest));
      x.max = 0;
    }
    this.#chart.options.unit = unit;
    this.#chart.$onsets = onsets;
    this.#chart.data.datasets = datasets;
    this.#chart.update("none");
  }

  /** The figure in words, for those who cannot see it. */
  describe(lines) {
    const heads = lines
      .filter(({ points }) => points.length > 0)
      .map(({ run, kind, points }) => `${run} ${kind} ${this.#figure.format(points.at(-1).y)}`);
    const unit = this.#chart.options.unit;
    const raised = this.#chart.$onsets.map(({ run, channel, x }) => ` ${run}: ${channel} raised at ${place(unit, x)}.`);
    this.#chart.canvas.setAttribute("aria-label", `${this.#figure.title}. ${heads.join("; ") || "No values yet."}${raised.join("")}`);
  }
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
        ticks: { ...axis.ticks, maxTicksLimit: figure.low ? 4 : 7, callback: (y) => tick(figure, y) },
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
          title: ([first]) => (first ? place(first.chart.options.unit, first.parsed.x) : ""),
          label: ({ dataset, parsed }) => ` ${dataset.label}: ${figure.format(parsed.y)}`,
        },
      },
    },
  };
}

function tick(figure, y) {
  if (figure.share) return `${Math.round(100 * y)} %`;
  return y !== 0 && Math.abs(y) < 1e-3 ? y.toExponential(0) : short(+y.toPrecision(3));
}

function place(unit, x) {
  if (unit === "seconds") return `${Math.round(-x)} s ago`;
  return unit === "steps" ? `step ${count(x)}` : `epoch ${x.toFixed(2)}`;
}

function pale(hex) {
  return `${hex}55`;
}

function faint(hex) {
  return `${hex}26`;
}

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
