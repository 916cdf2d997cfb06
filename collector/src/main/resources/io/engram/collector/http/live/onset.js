// What the detectors say of a run, in plain words: on its card, and for the marks in the charts.

import { make, say, text } from "./dom.js";
import { count, percent } from "./format.js";

/** What each channel says once it is raised, the gravest first. */
const RAISED = {
  harm: "What it had learned is being lost",
  onset: "Memorizing: labels that contradict what it learned are being fitted",
  warn: "Memorizing has become possible: single examples have influence",
};

export const NAMES = { harm: "harm", onset: "onset", warn: "warning" };

/** What a run can do about it, the most first. */
const DONE = {
  stop: "The run wrote a checkpoint and stopped.",
  pause: "The run was paused, with a checkpoint, until it is resumed.",
  checkpoint: "A checkpoint was written; the run trains on.",
  none: "Marked only: the run trains on, as its run file says.",
};

/** The raised channels of a run, the gravest first. */
export function raised(view) {
  const channels = view.onset?.channels ?? [];
  return Object.keys(RAISED).flatMap((name) => channels.filter(({ channel, raisedAt }) => channel === name && raisedAt));
}

export class Banner {
  #said = make("div", "");
  #done = make("p", "onset-done");
  #channels = make("ul", "onset-channels");
  root = make("section", "onset", this.#said, this.#done, this.#channels);

  constructor() {
    this.root.setAttribute("role", "status");
    this.root.setAttribute("aria-label", "Memorization");
  }

  update(view) {
    this.root.hidden = !view.onset;
    if (!view.onset) return;
    const all = raised(view);
    const onset = view.onset.channels.find(({ channel }) => channel === "onset");
    this.root.dataset.level = all.length > 0 ? "raised" : onset.level;
    this.root.dataset.channel = all[0]?.channel ?? "";
    this.#tell(all.length > 0 ? all.filter(isNews).map((one) => [title(one, view), why(one, view)]) : [[calm(onset, view), untold(onset, view)]]);
    say(this.#done, all.length > 0 ? done(all) : "");
    this.#done.hidden = all.length === 0;
    this.#list(view.onset.channels);
  }

  /** @param said [[title, why], …] */
  #tell(said) {
    while (this.#said.children.length < 2 * said.length) {
      this.#said.append(make("p", "onset-title"), make("p", "onset-why"));
    }
    while (this.#said.children.length > 2 * said.length) this.#said.lastChild.remove();
    said.flat().forEach((words, i) => {
      const part = this.#said.children[i];
      say(part, words);
      part.hidden = words === "";
    });
  }

  #list(channels) {
    if (this.#channels.children.length !== channels.length) {
      this.#channels.replaceChildren(...channels.map(() => text("li", "", "")));
    }
    channels.forEach(({ channel, level, reason, raisedAt }, i) => {
      const entry = this.#channels.children[i];
      entry.dataset.level = level;
      entry.title = once(reason);
      say(entry, `${NAMES[channel]}: ${raisedAt ? `step ${count(raisedAt.step)}` : level}`);
    });
  }
}

/** That memorizing is possible is no news once it goes on. */
function isNews({ channel }, index) {
  return channel !== "warn" || index === 0;
}

function title(one, view) {
  return `${RAISED[one.channel]}, since step ${place(one, view)}`;
}

function calm({ level }, { onset }) {
  if (level === "unknown") return onset.looks > 0 ? "Cannot tell whether it memorizes" : "Not watched for memorization yet";
  return "No sign of memorizing";
}

function untold({ level, reason }, { onset }) {
  if (level !== "unknown") return "";
  if (onset.looks === 0) return "No look at its predictions was taken so far: the probe predictions takes them.";
  return `${sentence(once(reason))}.`;
}

/** The step, with the epoch that it lies in as far as the header tells. */
function place({ raisedAt }, { header }) {
  const perEpoch = header?.training.stepsPerEpoch;
  return `${count(raisedAt.step)} (epoch ${perEpoch ? (raisedAt.step / perEpoch).toFixed(1) : raisedAt.epoch})`;
}

function why({ channel, reason, raisedAt, detectors }, { onset }) {
  return [
    `${sentence(once(reason))}.`,
    `Decided by ${detectors.replaceAll("_", " ")}.`,
    raisedAt.lookSpacing > 0 && `The look before was ${count(raisedAt.lookSpacing)} steps earlier.`,
    raisedAt.estimatedStep !== null && `It may have begun at step ${count(raisedAt.estimatedStep)}, an estimate without guarantee.`,
    channel === "onset" && onset.flipRateAtOnset !== null && `Wrong labels, as estimated then: ${percent(onset.flipRateAtOnset)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** What the run did about its channels: the most that it did, or why it did nothing. */
function done(channels) {
  const answers = channels.map(({ answer }) => answer).filter(Boolean);
  const most = Object.keys(DONE).flatMap((action) => answers.filter((answer) => answer.action === action));
  if (most.length > 0) return `${DONE[most[0].action]} Step ${count(most[0].step)}.`;
  if (answers.length > 0) return `The run did not act: ${answers[0].problem}.`;
  return "The run was told and has not answered yet.";
}

/** Detectors that cannot tell for the same reason give it together, once. */
export function once(reason) {
  return [...new Set(reason.split("; "))].join("; ");
}

function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
