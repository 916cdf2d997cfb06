// When each channel of each run was raised: a row for a run, in it a track for a channel. What was
// decided is solid; to where it is dated back is hollow, for that is an estimate.

import { announce, make, say, text } from "./dom.js";
import { count, short } from "./format.js";
import { NAMES, once } from "./onset.js";
import { fit, round, stroke, words } from "./paint.js";
import { colour } from "./palette.js";
import { Saver } from "./save.js";
import { see, style } from "./theme.js";
import { perStep, place, unit } from "./units.js";

const CHANNELS = ["warn", "onset", "harm"];
const ROOMY = { track: 15, gap: 14, name: 19 };
const DENSE = { track: 7, gap: 5, name: 0 };
const ROOMY_RUNS = 4;
const MARGIN = { right: 14, bottom: 36 };
const REACH = 9;

export class Timeline {
  #canvas = make("canvas", "");
  #said = make("p", "timeline-said");
  #holder = make("div", "plot", this.#canvas);
  #views = [];
  #drawn = "";
  #spots = [];
  #at = -1;

  id = "onset-timeline";
  title = "Onset timeline";
  how =
    "A bar begins at the look that decided; the pale stretch before it reaches back to the look before. A hollow diamond is where it may have begun, an estimate without guarantee; a square, where the run acted on it.";

  constructor(parent) {
    const head = make("div", "figure-head", text("h3", "", this.title), key(), new Saver(this).root);
    this.root = make("figure", "figure low timeline", head, text("figcaption", "", this.how), this.#holder, this.#said);
    this.root.id = "figure-timeline";
    this.root.hidden = true;
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-roledescription", "chart");
    this.#canvas.addEventListener("keydown", (event) => this.#onKey(event));
    this.#canvas.addEventListener("blur", () => this.#to(-1));
    this.#canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
      this.#to(this.#spots.findIndex(({ x, y }) => Math.abs(x - offsetX) < REACH && Math.abs(y - offsetY) < REACH));
    });
    this.#canvas.addEventListener("pointerleave", () => this.#to(-1));
    parent.append(this.root);
  }

  /** @param views the runs that are shown, as the API tells them */
  draw(views) {
    this.#views = views.filter(({ onset }) => onset?.looks > 0);
    this.root.hidden = this.#views.length === 0;
    if (this.root.hidden) return;
    const width = this.#holder.clientWidth;
    const state = JSON.stringify([width, unit(), this.#at, style("--ink"), devicePixelRatio, this.#views.map(({ run, step, onset }) => [run, step, onset.channels])]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const height = this.height(width);
    this.#holder.style.height = this.#holder.style.minHeight = `${height}px`;
    this.#spots = paintRows(fit(this.#canvas, width, height), width, height, this.#views);
    this.#mark();
    this.#canvas.setAttribute("aria-label", `${this.title}. ${this.#views.map(inWords).join(" ")}`);
  }

  get runs() {
    return this.#views.map(({ run }) => run);
  }

  get legend() {
    return {
      runs: [],
      kinds: [
        { words: "warning", swatch: true, colour: style("--warn") },
        { words: "onset, harm", swatch: true, colour: style("--bad") },
        { words: "not raised", dash: "solid", colour: style("--good") },
        { words: "cannot tell", dash: "dotted", colour: style("--ink-faint") },
      ],
    };
  }

  height() {
    return heightFor(this.#views.length);
  }

  paint(pen, width, height) {
    paintRows(pen, width, height, this.#views);
  }

  get table() {
    const head = ["run", "channel", "level", "raised at [step]", "raised at [epoch]", "look before [steps earlier]", "estimated beginning [step]", "acted at [step]", "action", "decided by", "reason"];
    const rows = this.#views.flatMap(({ run, onset, header }) =>
      onset.channels.map(({ channel, level, detectors, reason, raisedAt: at, answer }) => {
        const perEpoch = header?.training.stepsPerEpoch;
        const epoch = at && perEpoch ? (at.step / perEpoch).toFixed(4) : at?.epoch;
        return [run, NAMES[channel], level, at?.step, epoch, at?.lookSpacing, at?.estimatedStep, answer?.step, answer?.action, detectors, once(reason)];
      }),
    );
    return { rows: [head, ...rows] };
  }

  #onKey(event) {
    const last = this.#spots.length - 1;
    const to = { Home: 0, End: last, ArrowLeft: Math.max(0, this.#at - 1), ArrowRight: Math.min(last, this.#at + 1) }[event.key];
    if (event.key === "Escape") this.#to(-1);
    if (to === undefined || last < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#to(to);
    announce(this.#spots[to].words);
  }

  #to(index) {
    if (index === this.#at) return;
    this.#at = index;
    this.draw(this.#views);
  }

  #mark() {
    const spot = this.#spots[this.#at];
    say(this.#said, spot?.words ?? "");
    if (!spot) return;
    const pen = this.#canvas.getContext("2d");
    pen.beginPath();
    pen.arc(spot.x, spot.y, REACH, 0, 2 * Math.PI);
    pen.strokeStyle = style("--accent");
    pen.lineWidth = 2;
    pen.stroke();
  }
}

function heightFor(runs) {
  const { track, gap, name } = runs > ROOMY_RUNS ? DENSE : ROOMY;
  return runs * (name + CHANNELS.length * track + gap) + MARGIN.bottom;
}

/** Draws all rows; gives the marks in them, [{x, y, words}], from the left. */
function paintRows(pen, width, height, views) {
  const { track, gap, name } = views.length > ROOMY_RUNS ? DENSE : ROOMY;
  const dense = name === 0;
  const left = dense ? 150 : 74;
  const end = Math.max(...views.map((view) => view.step * perStep(view)), 1e-9);
  const x = (value) => left + (value / end) * (width - left - MARGIN.right);
  const bottom = height - MARGIN.bottom;
  for (const tick of round(0, end, Math.max(3, width / 110))) {
    stroke(pen, style("--grid"), 1, [], [x(tick), 0], [x(tick), bottom]);
    words(pen, Number.isInteger(tick) && tick < 1e5 ? count(tick) : short(tick), x(tick), bottom + 9, { align: "center" });
  }
  words(pen, unit(), left + (width - left - MARGIN.right) / 2, bottom + 26, { align: "center" });
  const spots = [];
  views.forEach((view, i) => {
    const top = i * (name + CHANNELS.length * track + gap);
    const colours = { weight: 600, colour: colour(view.run) };
    if (dense) words(pen, view.run, left - 10, top + 1.5 * track, { ...colours, align: "right", room: left - 16 });
    else words(pen, view.run, 0, top + name / 2, { ...colours, size: 13 });
    CHANNELS.forEach((channel, c) => {
      const y = top + name + (c + 0.5) * track;
      if (!dense) words(pen, NAMES[channel], left - 10, y, { align: "right" });
      spots.push(...paintTrack(pen, view, channel, x, y, track, dense));
    });
  });
  return spots.sort((a, b) => a.x - b.x);
}

function paintTrack(pen, view, name, x, y, track, dense) {
  const found = view.onset.channels.find(({ channel }) => channel === name);
  if (!found) return [];
  const scale = perStep(view);
  const now = x(view.step * scale);
  if (!found.raisedAt) {
    const unknown = found.level === "unknown";
    stroke(pen, unknown ? style("--ink-faint") : style("--good"), unknown ? 1 : 1.5, unknown ? [2, 3] : [], [x(0), y], [now, y]);
    return [];
  }
  const { step, lookSpacing, estimatedStep } = found.raisedAt;
  const hex = style(name === "warn" ? "--warn" : "--bad");
  const at = x(step * scale);
  const since = x(Math.max(0, step - lookSpacing) * scale);
  const half = dense ? track / 2 - 1.5 : track / 2 - 3;
  stroke(pen, style("--line"), 1.5, [], [x(0), y], [since, y]);
  pen.fillStyle = see(hex, 0.3);
  pen.fillRect(since, y - half, at - since, 2 * half);
  pen.fillStyle = hex;
  pen.fillRect(at, y - half, Math.max(2.5, now - at), 2 * half);
  const said = `${view.run}, ${NAMES[name]}`;
  const spots = [{ x: at, y, words: `${said}: raised at ${both(step, view)}, ${lookSpacing > 0 ? `the look before was ${count(lookSpacing)} steps earlier` : "the first look"}` }];
  if (estimatedStep !== null) {
    const from = x(estimatedStep * scale);
    stroke(pen, hex, 1, [2, 2], [from, y], [since, y]);
    diamond(pen, from, y, dense ? 3.5 : 5, hex);
    spots.push({ x: from, y, words: `${said}: may have begun at ${both(estimatedStep, view)}, an estimate without guarantee` });
  }
  const { answer } = found;
  if (answer?.step !== undefined && answer?.step !== null && answer.action !== "none") {
    const acted = x(answer.step * scale);
    pen.fillStyle = style("--card");
    pen.fillRect(acted - 3, y - 3, 6, 6);
    pen.strokeStyle = style("--ink");
    pen.lineWidth = 1.5;
    pen.strokeRect(acted - 3, y - 3, 6, 6);
    spots.push({ x: acted, y, words: `${said}: the run acted at ${both(answer.step, view)}: ${answer.action}` });
  }
  return spots;
}

function diamond(pen, x, y, size, colour) {
  pen.beginPath();
  pen.moveTo(x - size, y);
  pen.lineTo(x, y - size);
  pen.lineTo(x + size, y);
  pen.lineTo(x, y + size);
  pen.closePath();
  pen.fillStyle = style("--card");
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.stroke();
}

/** A step with its epoch, as far as the header tells. */
function both(step, { header }) {
  const perEpoch = header?.training.stepsPerEpoch;
  return `step ${count(step)}${perEpoch ? ` (${place(step / perEpoch, "epochs")})` : ""}`;
}

function inWords(view) {
  const channels = view.onset.channels.map(({ channel, level, raisedAt }) => `${NAMES[channel]} ${raisedAt ? `raised at ${both(raisedAt.step, view)}` : level}`);
  return `${view.run}: ${channels.join(", ")}.`;
}

function key() {
  const entry = (mark, said) => {
    const line = make("i", "");
    line.dataset.mark = mark;
    return make("span", "", line, said);
  };
  return make("div", "key", entry("raised", "raised"), entry("between", "since the look before"), entry("estimate", "estimate"), entry("acted", "acted"), entry("quiet", "quiet"), entry("unknown", "cannot tell"));
}
