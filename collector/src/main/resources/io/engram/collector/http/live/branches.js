// What a run did and left when it was taken back to a checkpoint: asked for when it has left more.

const PAUSE_MILLIS = 2000;

export class Branches {
  #runs = new Map();
  #onChange;

  /** Grows with whatever comes in. */
  version = 0;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** The points {x: step, y: value or null} of a series, a list of them for each branch that was left. */
  of({ run, incarnation, progress }, name) {
    if (!(progress.stepsRedone > 0)) return [];
    const known = this.#runs.get(run) ?? { key: "", lists: [], askedAt: -Infinity };
    this.#runs.set(run, known);
    const key = `${incarnation} ${progress.stepsRedone}`;
    if (known.key !== key && performance.now() - known.askedAt > PAUSE_MILLIS) this.#ask(run, known, key);
    return known.lists.flatMap(({ series }) => series.filter((one) => one.name === name).map(({ steps, values }) => steps.map((x, i) => ({ x, y: values[i] }))));
  }

  forget(run) {
    this.#runs.delete(run);
  }

  async #ask(run, known, key) {
    known.askedAt = performance.now();
    try {
      const response = await fetch(`api/v1/runs/${encodeURIComponent(run)}/branches`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      known.lists = (await response.json()).branches;
      known.key = key;
      this.version++;
    } catch {
      // It is asked for again after a pause.
      setTimeout(this.#onChange, PAUSE_MILLIS);
    }
    this.#onChange();
  }
}
