// How fast counters of a run grow, from the stream: about one value a second, for two minutes.

export const WINDOW_SECONDS = 120;
const SPAN_MILLIS = 1000;

export class Rates {
  #runs = new Map();

  /** Takes counters {name: total} as they are now. */
  observe(run, counters, now) {
    const known = this.#runs.get(run);
    if (!known) {
      this.#runs.set(run, { base: counters, since: now, latest: {}, points: [] });
      return;
    }
    const seconds = (now - known.since) / 1000;
    if (now - known.since < SPAN_MILLIS) return;
    for (const name of Object.keys(counters)) {
      // A counter that went back belongs to a collector that lost its state: begin anew.
      known.latest[name] = Math.max(0, counters[name] - known.base[name]) / seconds;
    }
    known.points.push({ x: now / 1000, y: known.latest.events });
    const oldest = now / 1000 - WINDOW_SECONDS - 5;
    while (known.points.length > 0 && known.points[0].x < oldest) known.points.shift();
    known.base = counters;
    known.since = now;
  }

  /** Growth per second of a counter over the last full second, or undefined. */
  latest(run, name) {
    return this.#runs.get(run)?.latest[name];
  }

  /** Events per second as points {x: seconds from now, negative, y}. */
  points(run, now) {
    return (this.#runs.get(run)?.points ?? []).map(({ x, y }) => ({ x: x - now / 1000, y }));
  }

  forget(run) {
    this.#runs.delete(run);
  }
}
