// How fast counters of a run grow, from the stream: about one value a second, for two minutes.

export const WINDOW_SECONDS = 120;
const SPAN_MILLIS = 1000;
const INERTIA = 0.3;

export class Rates {
  #runs = new Map();

  /** Takes counters {name: total} as they are now. */
  observe(run, counters, now) {
    const known = this.#runs.get(run);
    if (!known) {
      this.#runs.set(run, { base: counters, since: now, smooth: {}, points: [] });
      return;
    }
    const seconds = (now - known.since) / 1000;
    if (now - known.since < SPAN_MILLIS) return;
    // A counter that went back is that of a run that began anew.
    const rate = (name) => Math.max(0, counters[name] - known.base[name]) / seconds;
    for (const name of Object.keys(counters)) {
      const before = known.smooth[name] ?? rate(name);
      known.smooth[name] = before + INERTIA * (rate(name) - before);
    }
    known.points.push({ x: now / 1000, y: rate("events") });
    const oldest = now / 1000 - WINDOW_SECONDS - 5;
    while (known.points.length > 0 && known.points[0].x < oldest) known.points.shift();
    known.base = counters;
    known.since = now;
  }

  /** Growth per second of a counter over the last few seconds, or undefined. */
  smooth(run, name) {
    return this.#runs.get(run)?.smooth[name];
  }

  /** Events per second as points {x: seconds from now, negative, y}. */
  points(run, now) {
    return (this.#runs.get(run)?.points ?? []).map(({ x, y }) => ({ x: x - now / 1000, y }));
  }

  forget(run) {
    this.#runs.delete(run);
  }
}
