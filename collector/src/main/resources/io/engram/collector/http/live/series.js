// The points that the charts draw: a bounded number for each run and measurement. The collector
// keeps them all; a list that has grown too long, or may have a hole, is fetched anew, thinned.

const FETCHED = 800;
const LONGEST = 2000;
const PAUSE_MILLIS = 2000;

export class SeriesStore {
  #runs = new Map();
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Points {x: step, y: value or null} by ascending step; asks for their history when needed. */
  points(run, name) {
    const series = this.#runs.get(run)?.series.get(name);
    if (!series) return [];
    if (series.stale) this.#fetchSoon(run, name);
    return series.points;
  }

  /** Whether the run has such a series. */
  has(run, name) {
    return this.#runs.get(run)?.series.has(name) ?? false;
  }

  /** The series that the run has. */
  names(run) {
    return this.#runs.get(run)?.series.keys() ?? [];
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
    }
  }

  /** Something of the run was missed, or it began anew: every list may have a hole. */
  refresh(run) {
    for (const series of this.#runs.get(run)?.series.values() ?? []) series.stale = true;
  }

  forget(run) {
    this.#runs.delete(run);
  }

  #of(run, name) {
    if (!this.#runs.has(run)) this.#runs.set(run, { series: new Map(), wanted: new Set(), busy: false });
    const { series } = this.#runs.get(run);
    if (!series.has(name)) series.set(name, { points: [], stale: true });
    return series.get(name);
  }

  // One request for all that a drawing of the charts asks of a run, and then a pause.
  #fetchSoon(run, name) {
    const known = this.#runs.get(run);
    known.wanted.add(name);
    if (known.busy) return;
    known.busy = true;
    queueMicrotask(async () => {
      const names = [...known.wanted];
      known.wanted.clear();
      await this.#fetch(run, known, names);
      setTimeout(() => {
        known.busy = false;
        this.#onChange();
      }, PAUSE_MILLIS);
    });
  }

  async #fetch(run, known, names) {
    for (const name of names) known.series.get(name).stale = false;
    try {
      const query = new URLSearchParams([["points", FETCHED], ...names.map((name) => ["name", name])]);
      const response = await fetch(`api/v1/runs/${encodeURIComponent(run)}/series?${query}`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      for (const { name, steps, values } of (await response.json()).series) {
        const series = known.series.get(name);
        const end = steps.at(-1) ?? -1;
        const since = series.points.filter((point) => point.x > end);
        series.points = steps.map((x, i) => ({ x, y: values[i] })).concat(since);
      }
    } catch {
      for (const name of names) known.series.get(name).stale = true;
    }
    this.#onChange();
  }
}
