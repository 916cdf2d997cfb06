// One card for each run: what it is, how far it is, and what it shows now.

import { Controls } from "./controls.js";
import { make, say, text } from "./dom.js";
import { MISSING, count, duration, percent, quantity, short } from "./format.js";
import { Banner } from "./onset.js";
import { variable } from "./palette.js";

/** A run that speaks about once a second is looked for when it has not for so long. */
const SILENT_SECONDS = 15;

/** Events that wait longer for the collector are told of, and a spool that is fuller. */
const LATE_SECONDS = 5;
const FULL_SHARE = 0.5;

/** @param {HTMLElement} parent @returns the run's card, to be given each new state */
export class Card {
  #parts = {};
  #banner = new Banner();
  #controls;
  #root;

  constructor(parent, run) {
    const part = (name, tag, className, ...children) => {
      const element = make(tag, className, ...children);
      this.#parts[name] = element;
      return element;
    };
    const figure = (name, label) => make("div", "", text("dt", "", label), part(name, "dd", ""));
    const meter = (name, label) => {
      const row = make(
        "div",
        "meter",
        text("span", "meter-label", label),
        make("div", "meter-track", part(`${name}Fill`, "div", "meter-fill")),
        part(`${name}Words`, "span", "meter-value"),
      );
      row.dataset.labels = name;
      this.#parts[name] = row;
      return row;
    };
    this.#controls = new Controls(run);
    this.#root = make(
      "article",
      "run",
      make("div", "run-head", text("h3", "", run), part("state", "span", "state"), this.#opener(run)),
      part("what", "p", "run-what"),
      part("noise", "p", "run-what"),
      this.#banner.root,
      make(
        "div",
        "progress",
        make("div", "progress-track", part("progressFill", "div", "progress-fill")),
        make("div", "progress-words", part("where", "span", ""), part("speed", "span", "")),
      ),
      make(
        "dl",
        "figures",
        figure("loss", "Step loss"),
        figure("train", "Train accuracy"),
        figure("validation", "Validation acc."),
        figure("gradient", "Gradient norm"),
      ),
      make("div", "meters", meter("clean", "Clean learned"), meter("flipped", "Flipped learned")),
      part("warnings", "p", "warnings"),
      ...this.#controls.elements,
    );
    this.#root.setAttribute("aria-label", `Run ${run}`);
    this.#root.style.setProperty("--run", `var(${variable(run)})`);
    parent.append(this.#root);
  }

  /** @param view a run as the API tells it @param rates {steps, examples} per second, if known */
  update(view, rates) {
    const parts = this.#parts;
    const { header, progress, examples } = view;
    say(parts.state, view.state);
    parts.state.dataset.state = view.state;
    parts.state.title = view.detail;
    say(parts.what, header ? `${header.dataset.name} · ${header.network.name} · ${header.training.optimizer}` : "The header of this run was missed");
    say(parts.noise, header ? noise(header) : "");
    this.#banner.update(view);

    const steps = header ? header.training.epochs * header.training.stepsPerEpoch : 0;
    parts.progressFill.style.transform = `scaleX(${steps > 0 ? Math.min(1, view.step / steps) : 0})`;
    const redone = progress.stepsRedone > 0 ? ` · ${count(progress.stepsRedone)} steps done again` : "";
    say(parts.where, `epoch ${count(view.epoch)}${header ? " of " + count(header.training.epochs) : ""} · step ${count(view.step)}${redone}`);
    say(parts.speed, speed(view, rates, steps));

    const measured = progress.steps > 0;
    say(parts.loss, measured ? quantity(progress.stepLoss) : MISSING);
    say(parts.gradient, measured && view.gradients.layers.length > 0 ? quantity(view.gradients.norm) : MISSING);
    say(parts.train, percent(accuracy(view, "train")));
    say(parts.validation, percent(accuracy(view, "validation")));
    for (const name of ["loss", "gradient", "train", "validation"]) {
      parts[name].classList.toggle("unknown", parts[name].textContent === MISSING);
    }
    for (const group of examples.groups) this.#meter(group);
    const trouble = warnings(view);
    parts.warnings.hidden = trouble === "";
    say(parts.warnings, trouble);
    this.#controls.update(view.state);
  }

  remove() {
    this.#root.remove();
  }

  /** Shows all of the card, where runs are many and cards are lines. */
  #opener(run) {
    const button = text("button", "opener", "more");
    button.type = "button";
    button.setAttribute("aria-label", `More of run ${run}`);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const open = this.#root.classList.toggle("open");
      button.setAttribute("aria-expanded", open);
      say(button, open ? "less" : "more");
    });
    return button;
  }

  #meter({ labels, examples, learned }) {
    const share = examples > 0 ? learned / examples : 0;
    this.#parts[labels].hidden = examples === 0;
    this.#parts[`${labels}Fill`].style.width = `${100 * share}%`;
    say(this.#parts[`${labels}Words`], examples > 0 ? percent(share) : MISSING);
    this.#parts[labels].title = `${count(learned)} of ${count(examples)}`;
  }
}

function noise({ noise, dataset }) {
  const said = [];
  if (noise.labels !== "none") {
    said.push(`${share(noise.labelShare)} of the labels drawn anew (${noise.labels}): ${count(noise.labelsFlipped)} of ${count(dataset.trainingExamples)} are wrong`);
  }
  if (noise.inputs !== "none") {
    said.push(`${share(noise.inputShare)} of the inputs replaced by noise (${noise.inputs}): ${count(noise.inputsReplaced)}`);
  }
  return said.join("; ") || `${count(dataset.trainingExamples)} examples, true labels`;
}

function share(x) {
  return `${+(100 * x).toFixed(1)} %`;
}

function speed(view, rates, steps) {
  if (view.state !== "running") return view.detail;
  const silent = (Date.now() - view.lastEventMillis) / 1000;
  if (silent > SILENT_SECONDS) return `silent for ${duration(silent)}`;
  if (!(rates.examples > 0)) return "";
  const left = rates.steps > 0 && steps > view.step ? ` · ${duration((steps - view.step) / rates.steps)} left` : "";
  return `${short(rates.examples)} examples/s${left}`;
}

function accuracy(view, split) {
  return view.evaluations.find((evaluation) => evaluation.split === split)?.accuracy;
}

function warnings({ state, delivery, examples, measurements }) {
  const dropped = Object.entries(delivery.dropped).filter(([, n]) => n > 0);
  const mismatched = examples.undescribed + examples.mislabelled;
  return [
    delivery.missed > 0 && `${count(delivery.missed)} events missed`,
    ...dropped.map(([reason, n]) => `${count(n)} dropped by the trainer (${reason})`),
    waiting(state, delivery.spool),
    delivery.undecodable > 0 && `${count(delivery.undecodable)} could not be read`,
    ...measurements.probes.map(probeTrouble),
    mismatched > 0 && `${count(mismatched)} observations of examples that were described otherwise`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What is shown is late, or the trainer's spool fills: as of its latest report. */
function waiting(state, { bytes, waiting, quotaBytes, lagMillis }) {
  const active = state === "running" || state === "paused";
  const late = lagMillis / 1000;
  const full = quotaBytes > 0 ? bytes / quotaBytes : 0;
  if (!active || (late < LATE_SECONDS && full < FULL_SHARE)) return "";
  const room = full >= FULL_SHARE ? `, which is ${percent(full)} full` : "";
  return `${count(waiting)} events wait in the spool${room}, the oldest for ${duration(late)}`;
}

function probeTrouble({ probe, skipped, failed, problem }) {
  const said = [skipped > 0 && `skipped ${count(skipped)} times`, failed > 0 && `failed ${count(failed)} times: ${problem}`];
  const trouble = said.filter(Boolean).join(", ");
  return trouble && `probe ${probe} ${trouble}`;
}
