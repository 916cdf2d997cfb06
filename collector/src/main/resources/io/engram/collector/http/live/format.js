// Numbers and times as a person reads them. What is missing or not finite has its own word.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

export const MISSING = "–";

export function count(n) {
  return n === undefined || n === null ? MISSING : whole.format(n);
}

/** Three significant digits at most: 0.5, 953, 1.2K, 3.45M. */
export function short(n) {
  return n === undefined || n === null ? MISSING : compact.format(n);
}

/** A share between 0 and 1, in per cent with one decimal. */
export function percent(share) {
  if (share === undefined) return MISSING;
  return share === null ? "NaN" : (100 * share).toFixed(1) + " %";
}

/** A measurement of any magnitude, three significant digits. */
export function quantity(x) {
  if (x === undefined) return MISSING;
  if (x === null) return "NaN";
  if (x === 0) return "0";
  const magnitude = Math.abs(x);
  return magnitude >= 1e5 || magnitude < 1e-3 ? x.toExponential(1) : x.toPrecision(3);
}

/** A time span: 42 s, 3 min, 2 h 10 min. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return MISSING;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
