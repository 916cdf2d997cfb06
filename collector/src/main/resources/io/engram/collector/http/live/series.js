// The points that the charts draw: a bounded number for each run and measurement. The collector
// keeps them all; a list that has grown too long, or may have a hole, is fetched anew, thinned. Only
// what is drawn is fetched.

const FETCHED = 800;
const FETCHED_OF_MANY = 400;
const MANY_RUNS = 8;
const LONGEST = 2000;
const PAUSE_MILLIS = 2000;

export class SeriesStore {
  #runs = new Map();
  #onChange;
  #wanted = new Map();
  #due = false;

  /** Grows with whatever comes in. */
  version = 0;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Points {x: step, y: value or null} by ascending step; asks for their history when needed. */
  points(run, name) {
    const series = this.#runs.get(run)?.get(name);
    if (!series) return [];
    if (series.stale && !(performance.now() - series.askedAt < PAUSE_MILLIS)) this.#want(run, name);
    return series.points;
  }

  /** Whether the run has such a series. */
  has(run, name) {
    return this.#runs.get(run)?.has(name) ?? false;
  }

  /** Whether all that was asked for of a series has come, so that a drawing of it is whole. */
  isWhole(run, name) {
    const series = this.#runs.get(run)?.get(name);
    return !series || !series.stale;
  }

  /** The series that the run has. */
  names(run) {
    return this.#runs.get(run)?.keys() ?? [];
  }

  /** Takes what the stream says of a run since the frame before: {name: {steps, values}}. */
  append(run, additions) {
    for (const [name, { steps, values }] of Object.entries(additions)) {
      const series = this.#of(run, name);
      const { points } = series;
      for (let i = 0; i < steps.length; i++) {
        // Steps that were done again after a resume replace what was drawn beyond the checkpoint.
        while (points.length > 0 && points.at(-1).x >= steps[i]) points.pop();
        points.push({ x: steps[i], y: values[i] });
      }
      if (points.length > LONGEST) series.stale = true;
      if (points.length > 2 * LONGEST) points.splice(0, points.length - LONGEST);
      if (steps.length > 0) this.version++;
    }
  }

  /** Something of the run was missed, or it began anew: every list may have a hole. */
  refresh(run) {
    for (const series of this.#runs.get(run)?.values() ?? []) series.stale = true;
    this.version++;
  }

  forget(run) {
    this.#runs.delete(run);
    this.version++;
  }

  #of(run, name) {
    if (!this.#runs.has(run)) this.#runs.set(run, new Map());
    const known = this.#runs.get(run);
    if (!known.has(name)) known.set(name, { points: [], stale: true, askedAt: -Infinity });
    return known.get(name);
  }

  // One request for all that a drawing of the charts asks for.
  #want(run, name) {
    if (!this.#wanted.has(run)) this.#wanted.set(run, new Set());
    this.#wanted.get(run).add(name);
    this.#runs.get(run).get(name).askedAt = performance.now();
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      const wanted = this.#wanted;
      this.#wanted = new Map();
      this.#fetch(wanted);
    });
  }

  async #fetch(wanted) {
    const names = new Set([...wanted.values()].flatMap((some) => [...some]));
    try {
      const points = wanted.size > MANY_RUNS ? FETCHED_OF_MANY : FETCHED;
      const query = new URLSearchParams([
        ["points", points],
        ...[...wanted.keys()].map((run) => ["run", run]),
        ...[...names].map((name) => ["name", name]),
      ]);
      const response = await fetch(`api/v1/series?${query}`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      for (const { run, series } of (await response.json()).runs) {
        for (const one of series) if (wanted.get(run)?.has(one.name)) this.#take(run, one);
      }
    } catch {
      // They are stale still, and are asked for again after a pause.
      setTimeout(this.#onChange, PAUSE_MILLIS);
    }
    this.#onChange();
  }

  #take(run, { name, steps, values }) {
    const series = this.#runs.get(run)?.get(name);
    if (!series) return;
    const end = steps.at(-1) ?? -1;
    const since = series.points.filter((point) => point.x > end);
    series.points = steps.map((x, i) => ({ x, y: values[i] })).concat(since);
    series.stale = false;
    this.version++;
  }
}
