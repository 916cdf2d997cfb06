// Alerts that Alertmanager tells of: a strip of those that fire, and a list of those that ended lately.

import { make, say, text } from "./dom.js";
import { count, duration } from "./format.js";

const TICK_MILLIS = 5000;

const ENDS = {
  resolved: "resolved",
  silenced: "silenced, or said by a graver alert",
  unheard: "not heard of any more",
};

export class Alerts {
  #root;
  #firing = make("ul", "alerts-firing");
  #leftOut = text("p", "alerts-left-out", "");
  #ended = make("ul", "alerts-ended");
  #title = text("summary", "", "");
  #details = make("details", "alerts-past", this.#title, this.#ended);
  #rows = new Map();
  #times = new Map();

  /** @param root where they are shown; hidden while there are none */
  constructor(root) {
    this.#root = root;
    this.#firing.setAttribute("aria-live", "polite");
    this.#firing.setAttribute("aria-relevant", "additions");
    root.append(this.#firing, this.#leftOut, this.#details);
    setInterval(() => this.#tick(), TICK_MILLIS);
  }

  /** @param alerts {firing, ended, leftOut} as the API tells them */
  update({ firing, ended, leftOut }) {
    this.#root.hidden = firing.length + ended.length + leftOut === 0;
    this.#times.clear();
    // Rows stay where they are as long as nothing about them changes: what is read is not moved.
    const rows = new Map(firing.map((alert) => [JSON.stringify(alert), alert]));
    for (const [key, row] of this.#rows) {
      if (!rows.has(key)) {
        row.remove();
        this.#rows.delete(key);
      }
    }
    let before = null;
    for (const [key, alert] of rows) {
      if (!this.#rows.has(key)) this.#rows.set(key, fires(alert));
      const row = this.#rows.get(key);
      const place = before ? before.nextSibling : this.#firing.firstChild;
      if (place !== row) this.#firing.insertBefore(row, place);
      before = row;
      this.#times.set(row.querySelector("time"), alert.startsAtMillis);
    }
    this.#firing.hidden = firing.length === 0;
    say(this.#leftOut, leftOut > 0 ? `${count(leftOut)} more were too many to keep.` : "");
    this.#leftOut.hidden = leftOut === 0;
    this.#ended.replaceChildren(...ended.map((alert) => this.#past(alert)));
    this.#details.hidden = ended.length === 0;
    say(this.#title, `${count(ended.length)} ${ended.length === 1 ? "alert" : "alerts"} ended in the last hour`);
    this.#tick();
  }

  #past(alert) {
    const time = instant(alert.endedAtMillis);
    this.#times.set(time, alert.endedAtMillis);
    return make("li", "", ...named(alert), text("span", "", alert.summary), make("span", "alerts-when", `${ENDS[alert.end]} `, time, " ago"));
  }

  #tick() {
    for (const [time, since] of this.#times) say(time, duration(Math.max(0, (Date.now() - since) / 1000)));
  }
}

/** A row of the strip. What comes from outside is set as text, and as the one address of a link. */
function fires(alert) {
  const row = make(
    "li",
    "alert",
    make("p", "alert-head", text("span", "alert-severity", alert.severity || "alert"), ...named(alert), make("span", "alerts-when", "for ", instant(alert.startsAtMillis))),
    text("p", "alert-summary", alert.summary || alert.name),
    text("p", "alert-description", alert.description),
  );
  row.dataset.severity = alert.severity;
  if (alert.runbookUrl) {
    const link = text("a", "alert-runbook", "What to do");
    link.href = alert.runbookUrl;
    link.setAttribute("aria-label", `What to do about ${alert.name}`);
    row.append(link);
  }
  return row;
}

function named({ name, run }) {
  return run ? [text("strong", "", name), text("span", "alerts-run", run)] : [text("strong", "", name)];
}

function instant(millis) {
  const time = make("time", "");
  const at = new Date(millis);
  if (!Number.isNaN(at.getTime())) {
    time.dateTime = at.toISOString();
    time.title = at.toLocaleString();
  }
  return time;
}
