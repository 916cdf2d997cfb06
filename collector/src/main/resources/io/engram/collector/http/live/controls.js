// What a person can tell a run to do: go on or wait, write a checkpoint, end.

import { make, say, text } from "./dom.js";

const ENDED = ["completed", "stopped", "failed"];

/** The buttons of one run. */
export class Controls {
  #run;
  #turn = button("Pause");
  #checkpoint = button("Checkpoint");
  #stop = button("Stop");
  #said = text("p", "controls-said", "");
  #state = "running";
  #underWay = false;

  constructor(run) {
    this.#run = run;
    this.#turn.addEventListener("click", () => this.#tell(this.#turn, this.#paused ? "resume" : "pause"));
    this.#checkpoint.addEventListener("click", () => this.#tell(this.#checkpoint, "checkpoint"));
    this.#stop.addEventListener("click", () => this.#tell(this.#stop, "stop"));
    this.#said.setAttribute("role", "status");
    const buttons = make("div", "controls", this.#turn, this.#checkpoint, this.#stop);
    buttons.setAttribute("role", "group");
    buttons.setAttribute("aria-label", `Commands for run ${run}`);
    this.elements = [buttons, this.#said];
  }

  /** @param state of the run as the API tells it */
  update(state) {
    this.#state = state;
    this.#draw();
  }

  get #paused() {
    return this.#state === "paused";
  }

  #draw() {
    say(this.#turn, this.#paused ? "Resume" : "Pause");
    const off = this.#underWay || ENDED.includes(this.#state);
    for (const each of [this.#turn, this.#checkpoint, this.#stop]) each.disabled = off;
  }

  async #tell(pressed, command) {
    this.#underWay = true;
    say(this.#said, "");
    this.#draw();
    try {
      const { state } = await send(this.#run, command);
      this.#state = state;
      say(this.#said, command === "checkpoint" ? "checkpoint written" : `the run is ${state}`);
    } catch (problem) {
      say(this.#said, problem.message);
    }
    this.#underWay = false;
    this.#draw();
    // A button that is switched off loses the keyboard's focus.
    if (document.activeElement === document.body) pressed.focus();
  }
}

function button(words) {
  const element = text("button", "", words);
  element.type = "button";
  return element;
}

async function send(run, command) {
  const answer = await fetch(`api/v1/runs/${encodeURIComponent(run)}/commands`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ command }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
}
