// One figure: its frame, its choices, its drawing, and the cursor that the pointer or the arrow keys
// move through it.

import { Choice } from "./choice.js";
import { announce, make, text } from "./dom.js";
import { drawn } from "./lines.js";
import { drawMultiples, heightFor } from "./multiples.js";
import { raised } from "./onset.js";
import { fit, nearest } from "./paint.js";
import { Plot, paintTogether } from "./plot.js";
import { Saver } from "./save.js";
import { choices, choose } from "./state.js";
import { perStep, place, unit } from "./units.js";

/** With more lines than this, only those of the run that is pointed out are said. */
const SAID_AT_ONCE = 6;
const JUMP = 0.1;

export class Figure {
  #figure;
  #store;
  #rates;
  #branches;
  #redraw;
  #plot;
  #choice;
  #holder;
  #together = make("canvas", "");
  #apart = make("canvas", "");
  #cells = [];
  #plan = { lines: [], onsets: [], unit: "epochs", log: false, cursor: null };
  #views = [];
  #cursor = null;
  #separate = false;
  root;

  constructor(parent, figure, store, rates, branches, redraw) {
    this.#figure = figure;
    this.#store = store;
    this.#rates = rates;
    this.#branches = branches;
    this.#redraw = redraw;
    const head = make("div", "figure-head", text("h3", "", figure.title));
    this.#holder = make("div", "plot", this.#together, this.#apart);
    this.root = make("figure", figure.low ? "figure low" : "figure", head, text("figcaption", "", figure.how), this.#holder);
    this.root.id = `figure-${figure.id}`;
    this.root.hidden = Boolean(figure.optional);
    if (figure.lines().length > 1) head.append(key(figure.lines()));
    if (figure.choice) this.#choice = new Choice(head, figure);
    if (figure.log) head.append(this.#logButton());
    head.append(new Saver(this).root);
    for (const canvas of [this.#together, this.#apart]) this.#listen(canvas);
    this.#apart.hidden = true;
    parent.append(this.root);
  }

  get hidden() {
    return this.root.hidden;
  }

  /** Offers what there is to choose, and hides the figure while no run has what it draws. */
  prepare(views, shown) {
    this.#views = shown;
    this.#choice?.offer(this.#store, views);
    const lines = this.#lines;
    this.root.hidden = Boolean(this.#figure.optional) && !lines.some(({ series }) => shown.some(({ run }) => this.#store.has(run, series)));
  }

  /** @param separate whether each run has a drawing of its own @param now as performance.now() has it */
  draw(separate, now) {
    this.#separate = separate;
    this.#plan = { ...this.#planned(now), cursor: this.#cursor };
    this.#together.hidden = separate;
    this.#apart.hidden = !separate;
    if (separate) this.#drawApart();
    else this.#drawTogether();
  }

  /** Whether what is drawn is all there. */
  get whole() {
    return this.#views.length > 0 && this.#lines.every(({ series, rate }) => rate || this.#views.every(({ run }) => this.#store.isWhole(run, series)));
  }

  /** The figure in words, for those who cannot see it. */
  describe() {
    const { lines, onsets } = this.#plan;
    const heads = lines
      .filter(({ points }) => points.length > 0)
      .map(({ run, kind, points }) => `${run} ${kind} ${this.#figure.format(points.at(-1).y)}`);
    const raised = onsets.map(({ run, channel, x }) => ` ${run}: ${channel} raised at ${place(x, this.#plan.unit)}.`);
    const said = `${this.#figure.title}. ${heads.join("; ") || "No values yet."}${raised.join("")}`;
    for (const canvas of [this.#together, this.#apart]) canvas.setAttribute("aria-label", said);
  }

  // What the saver asks for.

  get id() {
    return this.#figure.id;
  }

  get title() {
    const chosen = this.#choice?.words() ?? "";
    return chosen ? `${this.#figure.title}, ${chosen}` : this.#figure.title;
  }

  get how() {
    return this.#figure.how;
  }

  get runs() {
    return this.#views.map(({ run }) => run);
  }

  get legend() {
    const kinds = this.#lines.length > 1 ? this.#lines.map(({ kind, dash }) => ({ words: kind, dash })) : [];
    return { runs: this.runs, kinds };
  }

  height(width) {
    return this.#separate ? heightFor(this.#views.length, width) : Math.round(width / 2.4);
  }

  paint(pen, width, height, ratio) {
    const plan = this.#planned(performance.now());
    if (this.#separate) drawMultiples(pen, width, height, this.#figure, plan);
    else paintTogether(pen, width, height, ratio, this.#figure, plan);
  }

  /** What comes as CSV: a link where the collector has it in full, else rows. */
  get table() {
    if (this.#figure.rate) {
      const rows = this.#plan.lines.flatMap(({ run, points }) => points.map(({ x, y }) => [run, x.toFixed(1), y]));
      return { rows: [["run", "time [s]", `${this.#figure.title} [1/s]`], ...rows] };
    }
    const names = this.#lines.flatMap(({ series, band }) => (band ? [series, `${series}/lower`, `${series}/upper`] : [series]));
    const runs = this.runs.filter((run) => names.some((name) => this.#store.has(run, name)));
    const known = names.filter((name) => runs.some((run) => this.#store.has(run, name)));
    return { link: `api/v1/series.csv?${new URLSearchParams([...runs.map((run) => ["run", run]), ...known.map((name) => ["name", name])])}` };
  }

  get #lines() {
    return this.#figure.lines(this.#choice?.value());
  }

  get #log() {
    const turned = choices("log")?.includes(this.#figure.id) ?? false;
    return this.#figure.log === "on" ? !turned : turned;
  }

  #planned(now) {
    const { rate } = this.#figure;
    return {
      lines: this.#views.flatMap((view) => this.#lines.map((line) => drawn(this.#line(line, view, now)))),
      onsets: rate ? [] : this.#views.flatMap(marks),
      unit: rate ? "seconds" : unit(),
      log: this.#log,
      cursor: null,
    };
  }

  #line(line, view, now) {
    const { run } = view;
    if (line.rate) return { ...line, run, points: this.#rates.points(run, now), left: [], scale: 1 };
    const points = (name) => (this.#store.has(run, name) ? this.#store.points(run, name) : []);
    const band = line.band ? { lower: points(`${line.series}/lower`), upper: points(`${line.series}/upper`) } : null;
    const left = this.#branches.of(view, line.series);
    return { ...line, run, points: points(line.series), band, left, scale: perStep(view) };
  }

  #drawTogether() {
    this.#holder.style.height = "";
    this.#holder.style.minHeight = "";
    this.#plot ??= new Plot(this.#figure, this.#together);
    this.#plot.draw(this.#plan);
  }

  #drawApart() {
    const width = this.#holder.clientWidth;
    const height = heightFor(this.#views.length, width);
    this.#holder.style.height = this.#holder.style.minHeight = `${height}px`;
    this.#cells = drawMultiples(fit(this.#apart, width, height), width, height, this.#figure, this.#plan);
  }

  #listen(canvas) {
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "chart");
    canvas.addEventListener("keydown", (event) => this.#onKey(event));
    canvas.addEventListener("blur", () => this.#to(null));
    this.#apart.addEventListener("pointermove", ({ offsetX, offsetY }) => {
      const cell = this.#cells.find(({ left, top, width, height }) => offsetX >= left && offsetX <= left + width && offsetY >= top - 17 && offsetY <= top + height);
      this.#to(cell ? { run: cell.run, x: cell.x(offsetX) } : null);
    });
    this.#apart.addEventListener("pointerleave", () => this.#to(null));
  }

  #onKey(event) {
    const runs = [...new Set(this.#plan.lines.filter(({ points }) => points.length > 0).map(({ run }) => run))];
    if (event.key === "Escape") this.#to(null);
    const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];
    if (runs.length === 0 || !moves.includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    let run = runs.includes(this.#cursor?.run) ? this.#cursor.run : runs[0];
    const turn = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (this.#cursor) run = runs[(runs.indexOf(run) + turn + runs.length) % runs.length];
    const { points } = this.#plan.lines.filter((line) => line.run === run).sort((a, b) => b.points.length - a.points.length)[0];
    this.#to({ run, x: points[this.#index(event, points)].x });
    announce(this.#words());
  }

  #index({ key, shiftKey }, points) {
    const last = points.length - 1;
    if (key === "Home") return 0;
    if (key === "End" || !this.#cursor) return last;
    const jump = Math.max(1, Math.round(JUMP * last));
    const by = { ArrowLeft: shiftKey ? -jump : -1, ArrowRight: shiftKey ? jump : 1, PageUp: -jump, PageDown: jump }[key] ?? 0;
    return Math.max(0, Math.min(last, nearest(points, this.#cursor.x) + by));
  }

  #words() {
    const { run, x } = this.#cursor;
    const there = this.#plan.lines.filter(({ points }) => points.length > 0);
    const told = there.length > SAID_AT_ONCE ? there.filter((line) => line.run === run) : there;
    const values = told.map((line) => `${line.run} ${line.kind} ${this.#figure.format(line.points[nearest(line.points, x)].y)}`);
    return `${place(x, this.#plan.unit)}: ${values.join("; ")}`;
  }

  #to(cursor) {
    if (!cursor && !this.#cursor) return;
    this.#cursor = cursor;
    this.#plan.cursor = cursor;
    if (this.#separate) this.#drawApart();
    else if (cursor) this.#plot?.draw(this.#plan);
    else this.#plot?.leave();
  }

  #logButton() {
    const button = text("button", "", "log");
    button.type = "button";
    button.title = "Logarithmic scale";
    button.setAttribute("aria-label", `Logarithmic scale of the ${this.#figure.title.toLowerCase()}`);
    const show = () => button.setAttribute("aria-pressed", this.#log);
    show();
    button.addEventListener("click", () => {
      const turned = choices("log") ?? [];
      const { id } = this.#figure;
      const next = turned.includes(id) ? turned.filter((one) => one !== id) : [...turned, id];
      choose("log", next.length > 0 ? next : null);
    });
    this.#onLog = show;
    return button;
  }

  #onLog = () => {};

  /** Takes what is chosen on the page as it is now. */
  choose() {
    this.#choice?.choose();
    this.#onLog();
  }
}

/** Where a run's channels were raised, and from where on it may have happened. */
function marks(view) {
  const scale = perStep(view);
  return raised(view).map(({ channel, raisedAt: { step, lookSpacing } }) => ({
    run: view.run,
    channel,
    x: step * scale,
    from: (step - lookSpacing) * scale,
  }));
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
