// Draws the scores of one classifier: boxes for the null, lines for the rest. The axis of the
// epochs is logarithmic and has room for epoch 0, and before it for the pixels.

import { count, percent } from "./format.js";
import { colourAxes, colourTooltip, paintChart } from "./plot.js";
import { style } from "./theme.js";

const { Chart } = window;

const WIDEST_BOX = 12;
const NARROWEST_BOX = 2;
const BETWEEN_TICKS = 28;
const MANY_EPOCHS = 24;

/** The name of a set of copies: that of shuffled pixels begins with their share. */
export function named(set) {
  const [, share, how] = /^(\d*\.?\d+)( shared)?$/.exec(set) ?? [];
  return share ? `${+(100 * share).toPrecision(4)} % shuffled${how ?? ""}` : set.replace(/^(rotation [\d.]+)$/, "$1°");
}

/** The style variable with the colour of a set. */
export function colourOf(index) {
  return `--run-${index % 8}`;
}

/** The null of each checkpoint: whiskers at 2.5 and 97.5 %, the box from quartile to quartile. */
const boxes = {
  id: "boxes",
  beforeDatasetsDraw(chart) {
    const { ctx, scales } = chart;
    const sets = chart.data.datasets.filter(({ nulls }) => nulls);
    const width = boxWidth(sets, scales.x);
    ctx.save();
    ctx.lineWidth = 1.25;
    sets.forEach(({ nulls, borderColor }, i) => {
      ctx.strokeStyle = borderColor;
      ctx.fillStyle = `${borderColor}40`;
      for (const { x, permuted } of nulls) {
        const centre = scales.x.getPixelForValue(x) + (i - (sets.length - 1) / 2) * width;
        const y = (share) => scales.y.getPixelForValue(share);
        const height = y(permuted.lowerQuartile) - y(permuted.upperQuartile);
        ctx.fillRect(centre - width / 2, y(permuted.upperQuartile), width, height);
        ctx.strokeRect(centre - width / 2, y(permuted.upperQuartile), width, height);
        ctx.beginPath();
        ctx.moveTo(centre - width / 2, y(permuted.median));
        ctx.lineTo(centre + width / 2, y(permuted.median));
        ctx.moveTo(centre, y(permuted.upperQuartile));
        ctx.lineTo(centre, y(permuted.upper));
        ctx.moveTo(centre, y(permuted.lowerQuartile));
        ctx.lineTo(centre, y(permuted.lower));
        ctx.stroke();
      }
    });
    ctx.restore();
  },
};

/** As wide as the closest checkpoints leave room for: many of them make a band. */
function boxWidth(sets, scale) {
  const places = (sets[0]?.nulls ?? []).map(({ x }) => scale.getPixelForValue(x));
  const gaps = places.slice(1).map((x, i) => x - places[i]);
  const room = Math.min(...gaps, Infinity) / (sets.length + 1);
  return Math.max(NARROWEST_BOX, Math.min(WIDEST_BOX, room));
}

export class ScorePlot {
  #canvas;
  #chart;

  constructor(canvas) {
    this.#canvas = canvas;
  }

  get chart() {
    return this.#chart;
  }

  /** @param series as the API gives it @param stepsPerEpoch undefined where it is not known */
  draw(series, stepsPerEpoch) {
    this.#chart ??= new Chart(this.#canvas, configuration({}));
    show(this.#chart, series, stepsPerEpoch);
  }

  /** Paints the same, as large as asked for, where a pen is. */
  paint(pen, width, height, ratio, series, stepsPerEpoch) {
    paintChart(pen, width, height, configuration({ responsive: false, devicePixelRatio: ratio }), (chart) => show(chart, series, stepsPerEpoch));
  }
}

function configuration(more) {
  return { type: "line", plugins: [boxes], data: { datasets: [] }, options: { ...options(), ...more } };
}

function show(chart, series, stepsPerEpoch) {
  const scores = [series.pixels, ...series.checkpoints].filter(Boolean);
  const epoch = (score) => (stepsPerEpoch > 0 ? score.step / stepsPerEpoch : score.epoch);
  const axis = new EpochAxis(series.checkpoints.map(epoch));
  const points = scores.map((score) => ({ score, x: score === series.pixels ? axis.pixels : axis.at(epoch(score)) }));
  chart.data.datasets = datasets(series, points, axis);
  const { scales, plugins } = chart.options;
  colourAxes(scales);
  colourTooltip(plugins.tooltip);
  Object.assign(scales.x, { min: axis.min(series.pixels), max: axis.max });
  scales.x.afterBuildTicks = (scale) => (scale.ticks = axis.ticks(series.pixels, scale.chart.width));
  scales.x.ticks.callback = (x) => axis.label(x);
  scales.y.min = lowest(series);
  plugins.tooltip.callbacks.title = ([first]) => (first ? axis.words(first.raw) : "");
  chart.update("none");
}

/** Where an epoch is: at its logarithm; epoch 0 and the pixels stand before the first. */
class EpochAxis {
  #epochs;
  #first;
  #last;
  #gap;
  #hasUntrained;

  constructor(epochs) {
    const later = epochs.filter((epoch) => epoch > 0);
    this.#epochs = later;
    this.#first = Math.log10(Math.min(1, ...later));
    this.#last = Math.log10(Math.max(1, ...later));
    this.#gap = Math.max(0.3, 0.1 * (this.#last - this.#first));
    this.#hasUntrained = epochs.includes(0);
  }

  get pixels() {
    return this.#first - 2 * this.#gap;
  }

  get max() {
    return this.#last + 0.3 * this.#gap;
  }

  min(pixels) {
    return this.#first - this.#gap * ((pixels ? 2 : this.#hasUntrained ? 1 : 0) + 0.4);
  }

  at(epoch) {
    return epoch > 0 ? Math.log10(epoch) : this.#first - this.#gap;
  }

  /** The epochs, or 1, 2, 5, 10, … if they are many, as far as there is room in so many pixels. */
  ticks(pixels, width) {
    const places = [...(pixels ? [this.pixels] : []), ...(this.#hasUntrained ? [this.at(0)] : [])];
    const perPixel = (this.max - this.min(pixels)) / width;
    for (const epoch of this.#epochs.length > MANY_EPOCHS ? this.#round() : this.#epochs) {
      const x = Math.log10(epoch);
      if (!(x - places.at(-1) < BETWEEN_TICKS * perPixel)) places.push(x);
    }
    return places.map((value) => ({ value }));
  }

  #round() {
    const round = [];
    for (let power = Math.floor(this.#first); power <= this.#last; power++) {
      for (const digit of [1, 2, 5]) round.push(digit * 10 ** power);
    }
    return round.filter((epoch) => epoch >= 10 ** this.#first * 0.999 && epoch <= 10 ** this.#last * 1.001);
  }

  label(x) {
    if (x === this.pixels) return "pixels";
    return x === this.at(0) ? "0" : epochs(10 ** x);
  }

  words({ x }) {
    if (x === this.pixels) return "pixels, no network";
    return x === this.at(0) ? "epoch 0, untrained" : `epoch ${epochs(10 ** x)}`;
  }
}

function epochs(x) {
  return x >= 1 ? count(Math.round(x)) : `${+x.toPrecision(2)}`;
}

function datasets(series, points, axis) {
  const first = { borderWidth: 2, pointRadius: points.length > 40 ? 0 : 3, segment: unlinked(series.pixels) };
  const all = series.sets.flatMap((set, i) => {
    const colour = style(colourOf(i));
    const of = ({ score }) => score.sets[i];
    const nulls = points.map((point) => ({ x: point.x, permuted: of(point).permuted }));
    const base = { ...first, borderColor: colour, backgroundColor: colour, pointStyle: marks(series.pixels) };
    return [
      {
        ...base,
        label: named(set),
        data: points.map((point) => ({ x: point.x, y: of(point).observed, words: observed(of(point)) })),
      },
      {
        ...base,
        label: named(set),
        borderWidth: 1,
        borderDash: [5, 4],
        pointRadius: 0,
        nulls,
        data: nulls.map(({ x, permuted }) => ({ x, y: permuted.median, words: spread(permuted) })),
      },
    ];
  });
  const validation = points.filter(({ score }) => score.validationAccuracy !== null);
  all.push({
    ...first,
    label: "validation",
    borderColor: style("--ink-soft"),
    backgroundColor: style("--ink-soft"),
    borderDash: [2, 3],
    pointRadius: 0,
    segment: validation.length === points.length ? first.segment : {},
    data: validation.map(({ x, score }) => ({ x, y: score.validationAccuracy, words: percent(score.validationAccuracy) })),
  });
  all.push({
    pale: true,
    label: "chance",
    borderColor: style("--ink-faint"),
    borderWidth: 1,
    pointRadius: 0,
    data: [axis.min(series.pixels), axis.max].map((x) => ({ x, y: series.chance })),
  });
  return all;
}

/** The pixels come first, and no line leads from them to the network. */
function unlinked(pixels) {
  return pixels ? { borderColor: ({ p0DataIndex }) => (p0DataIndex === 0 ? "transparent" : undefined) } : {};
}

function marks(pixels) {
  return ({ dataIndex }) => (pixels && dataIndex === 0 ? "rectRot" : "circle");
}

function observed({ observed, verdict }) {
  return `observed ${percent(observed)}${verdict ? `, ${verdict.replaceAll("_", " ")}` : ""}`;
}

function spread({ lower, upper }) {
  return `null ${percent(lower)} to ${percent(upper)}`;
}

function lowest({ chance, pixels, checkpoints }) {
  const sets = [pixels, ...checkpoints].filter(Boolean).flatMap((score) => score.sets);
  const low = Math.min(chance, ...sets.map(({ observed, permuted }) => Math.min(observed, permuted.lower)));
  return Math.max(0, Math.floor(10 * low - 0.5) / 10);
}

function options() {
  const axis = { type: "linear", grid: {}, border: {}, ticks: { maxRotation: 0 }, title: {} };
  return {
    animation: false,
    maintainAspectRatio: false,
    clip: 8,
    parsing: false,
    normalized: true,
    interaction: { mode: "nearestOfEach", intersect: false },
    elements: { point: { hoverRadius: 5, hitRadius: 0 } },
    scales: {
      x: {
        ...axis,
        grid: { display: false },
        ticks: { ...axis.ticks, autoSkip: false },
        title: { display: true, text: "epochs, logarithmic", padding: 0 },
      },
      y: { ...axis, max: 1, ticks: { ...axis.ticks, maxTicksLimit: 7, callback: (y) => `${Math.round(100 * y)} %` } },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        borderWidth: 1,
        padding: 10,
        boxWidth: 10,
        boxHeight: 3,
        caretSize: 0,
        callbacks: { label: ({ dataset, raw }) => ` ${dataset.label}: ${raw.words}` },
      },
    },
  };
}
